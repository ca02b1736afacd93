/** Handles one message; resolves when everything that it started has ended. */
export type Handle = (data: string) => Promise<void>;

/** Operation that is running under an id of the client. */
interface Running {
  completed: boolean;
  /** Messages with the same id that came after its `complete`. */
  waiting: string[];
  length: number;
}

/** Characters of the messages that may wait for one id. A client that sends more does not follow the protocol. */
const MOST_WAITING = 64 * 1024;

/**
 * Lets a client use an id again right after `complete`. graphql-ws frees an id when its operation has ended, and by then
 * would end the new operation with it, so messages of the new one wait until the old one has ended.
 */
export class IdReuse {
  private readonly running = new Map<string, Running>();

  /**
   * @param handle Hands a message to graphql-ws.
   * @param refuse Closes a connection whose messages do not end.
   * @param ended Called when the operation of an id has ended and its answer is sent.
   */
  constructor(
    private readonly handle: Handle,
    private readonly refuse: () => void,
    private readonly ended: (id: string) => void,
  ) {}

  /** Hands a message on, now or when its id is free. */
  async deliver(data: string): Promise<void> {
    const { type, id } = peek(data);
    const running = this.running.get(id);
    if (running?.completed) {
      running.waiting.push(data);
      running.length += data.length;
      if (running.length > MOST_WAITING) this.refuse();
      return;
    }
    if (running && type === 'complete') running.completed = true;
    if (running || type !== 'subscribe') return this.handle(data);
    const started: Running = { completed: false, waiting: [], length: 0 };
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
    // graphql-ws closes the connection and names the mistake.
    return { type: undefined, id: '' };
  }
}
