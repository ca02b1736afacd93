/** Queue of unread messages, in order, then the end of the stream. */
export class MessageQueue<Message> {
  private readonly waiting: Message[] = [];
  private ended: { error?: unknown } | undefined;
  private wake: () => void = () => undefined;
  /** Serializes concurrent calls of `shift`. */
  private turn: Promise<unknown> = Promise.resolve();

  /** Adds a message. Ignored after the end. */
  push(message: Message): void {
    if (!this.ended) this.waiting.push(message);
    this.wake();
  }

  /** Ends the queue. `shift` throws `error`, if there is one, after the last message. */
  end(error?: unknown): void {
    this.ended ??= error === undefined ? {} : { error };
    this.wake();
  }

  /** Discards unread messages and ends the queue. */
  clear(): void {
    this.waiting.length = 0;
    this.end();
  }

  /** Resolves to the next message, or to undefined after the last one. */
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
