/** Messages that wait to be read, in order; then the end. */
export class MessageQueue<Message> {
  private readonly waiting: Message[] = [];
  private ended: { error?: unknown } | undefined;
  private wake: () => void = () => undefined;
  /** Who asks first is served first. */
  private turn: Promise<unknown> = Promise.resolve();

  /** Another message; none after the end. */
  push(message: Message): void {
    if (!this.ended) this.waiting.push(message);
    this.wake();
  }

  /** Nothing more comes; with `error`, the reader meets it behind the last message. */
  end(error?: unknown): void {
    this.ended ??= error === undefined ? {} : { error };
    this.wake();
  }

  /** The reader does not want the rest. */
  clear(): void {
    this.waiting.length = 0;
    this.end();
  }

  /** The next message, when there is one; undefined behind the last. */
  shift(): Promise<Message | undefined> {
    const taken = this.turn.then(() => this.next());
    this.turn = taken.catch(() => undefined);
    return taken;
  }

  private async next(): Promise<Message | undefined> {
    while (this.waiting.length === 0) {
      if (this.ended) {
        const { error } = this.ended;
        this.ended = {};
        if (error !== undefined) throw error;
        return undefined;
      }
      await new Promise<void>(resolve => {
        this.wake = resolve;
      });
    }
    return this.waiting.shift();
  }
}
