import type { Answer } from '../../graphql';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Result of a subscription for a protocol library. Messages bypass the library, so the iterable yields nothing but the error
 * that ends the stream, if there is one.
 */
export abstract class StreamCompletion implements AsyncIterableIterator<Answer> {
  protected ended = false;
  private error: Answer | undefined;
  private settle: ((result: IteratorResult<Answer>) => void) | undefined;

  /** Starts the stream: the protocol is ready for messages. */
  protected abstract begin(): void;
  /** Releases the resources of the stream at its end. */
  protected abstract cleanUp(): void;

  /** Ends the stream, with or without an error. */
  protected end(error?: Answer): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    this.cleanUp();
    const { settle } = this;
    this.settle = undefined;
    if (settle) this.next().then(settle);
  }

  /** Starts the stream at the first call. Resolves when the stream ends. */
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

  /** Ends the stream. */
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
