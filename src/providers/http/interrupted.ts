/** Why an exchange ended without a complete answer. */
export type Interruption = 'deadline' | 'abandoned' | 'connection' | 'garbled' | 'oversized';

/** An exchange that ended without a complete answer; `left` says whether the provider may have got the request. */
export class Interrupted extends Error {
  /**
   * @param cause Node's own error, where there was one.
   * @param reused whether the connection had served an earlier exchange.
   */
  constructor(
    readonly reason: Interruption,
    readonly requestSent: boolean,
    cause?: unknown,
    private readonly reused = false,
  ) {
    super(`The exchange ended without an answer: ${reason}`, { cause });
    this.name = 'Interrupted';
  }

  /** Whether the connection may have been dead before the exchange began. */
  get isStale(): boolean {
    return this.reused && (this.reason === 'deadline' || this.reason === 'connection');
  }

  /** Whether it says nothing about the other side: a dead connection, an end of our own, or descriptors that ran out here. */
  get isBlameless(): boolean {
    return this.isStale || this.reason === 'abandoned' || lacksDescriptors(this.cause);
  }
}

/** Node's code of an error, such as ECONNREFUSED; undefined when it has none. */
export function nodeCode(cause: unknown): string | undefined {
  // Not by instanceof: an error of Node's own may come from another realm than ours.
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a connection failed because the process or the machine has no file descriptors left. */
export const lacksDescriptors = (cause: unknown): boolean =>
  ['EMFILE', 'ENFILE'].includes(nodeCode(cause) ?? '');
