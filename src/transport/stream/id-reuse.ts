/** Handles one message. Resolves when the operation that it started has ended. */
export type Handle = (data: string) => Promise<void>;

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
  async deliver(data: string): Promise<void> {
    const { type, id } = peek(data);
    const running = this.running.get(id);
    if (running?.completed) {
      running.waiting.push(data);
      running.length += data.length;
      if (running.length > MAX_WAITING_CHARACTERS) this.refuse();
      return;
    }
    if (running && type === 'complete') running.completed = true;
    if (running || type !== 'subscribe') return this.handle(data);
    const started: RunningOperation = { completed: false, waiting: [], length: 0 };
    this.running.set(id, started);
    try {
      await this.handle(data);
    } finally {
      this.running.delete(id);
      this.ended(id);
      await Promise.all(started.waiting.map(message => this.deliver(message)));
    }
  }
}

function peek(data: string): { type: unknown; id: string } {
  try {
    const { type, id } = JSON.parse(data) ?? {};
    return { type, id: typeof id === 'string' ? id : '' };
  } catch {
    // graphql-ws closes the connection with the reason.
    return { type: undefined, id: '' };
  }
}
