/** Handles one message: parsed, or text that is no JSON object. Resolves when the operation that it started has ended. */
export type Handle = (message: object | string) => Promise<void>;

/** Running operation of one id. */
interface RunningOperation {
  completed: boolean;
  /** Messages with the same id that came after its `complete`. */
  waiting: string[];
  length: number;
}

/** Maximum characters of the messages that wait for one id. A client that sends more violates the protocol. */
const MAX_WAITING_CHARACTERS = 64 * 1024;

/**
 * Allows a client to reuse an id directly after `complete`. graphql-ws frees an id when its operation has ended, and would
 * end the new operation with it, so messages of the new operation wait until the old one has ended.
 */
export class IdReuse {
  private readonly running = new Map<string, RunningOperation>();

  /**
   * @param handle Passes a message to graphql-ws.
   * @param refuse Closes a connection with too many waiting messages.
   * @param ended Called when the operation of an id has ended and its answer is sent.
   */
  constructor(
    private readonly handle: Handle,
    private readonly refuse: () => void,
    private readonly ended: (id: string) => void,
  ) {}

  /** Passes a message on, immediately or when its id is free. */
  deliver(data: string): Promise<void> {
    const message = parse(data);
    const { type, id: sent } = message as { type?: unknown; id?: unknown };
    const id = typeof sent === 'string' ? sent : '';
    const running = this.running.get(id);
    if (running?.completed) {
      running.waiting.push(data);
      running.length += data.length;
      if (running.length > MAX_WAITING_CHARACTERS) this.refuse();
      return Promise.resolve();
    }
    if (running && type === 'complete') running.completed = true;
    if (running || type !== 'subscribe') return this.handle(message);
    const started: RunningOperation = { completed: false, waiting: [], length: 0 };
    this.running.set(id, started);
    // Not asynchronous: a stream would hold the text of its message for as long as it runs.
    return this.handle(message).finally(() => this.end(id, started));
  }

  private async end(id: string, { waiting }: RunningOperation): Promise<void> {
    this.running.delete(id);
    this.ended(id);
    await Promise.all(waiting.map(message => this.deliver(message)));
  }
}

/** Parses a message. graphql-ws closes the connection with the reason for text that is no JSON object. */
function parse(data: string): object | string {
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === 'object' && message !== null ? message : data;
  } catch {
    return data;
  }
}
