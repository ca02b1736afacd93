import type { Answer } from '../../graphql';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What a protocol is given of a subscription whose messages do not pass through it: an iterable that yields nothing but,
 * where there is one, the error that ends it.
 */
export abstract class Ending implements AsyncIterableIterator<Answer> {
  protected ended = false;
  private error: Answer | undefined;
  private settle: ((result: IteratorResult<Answer>) => void) | undefined;

  /** The protocol is ready for messages. */
  protected abstract begin(): void;
  /** It is over: everything that it holds is given back. */
  protected abstract clean(): void;

  /** Ends it, with an error or without. */
  protected end(error?: Answer): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    this.clean();
    const { settle } = this;
    this.settle = undefined;
    if (settle) this.next().then(settle);
  }

  /** The first call begins; resolves when there is nothing more to come. */
  next(): Promise<IteratorResult<Answer>> {
    const { error } = this;
    this.error = undefined;
    if (error) return Promise.resolve({ done: false, value: error });
    if (this.ended) return Promise.resolve(DONE);
    return new Promise(resolve => {
      this.settle = resolve;
      this.begin();
    });
  }

  async return(): Promise<IteratorResult<Answer>> {
    this.end();
    return DONE;
  }

  throw(): Promise<IteratorResult<Answer>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
