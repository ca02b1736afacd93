/** Reason that an exchange ended without a complete response. */
export type Interruption = 'deadline' | 'abandoned' | 'connection' | 'garbled' | 'oversized';

/** Error of an exchange without a complete response. `requestSent` says whether the receiver may have the request. */
export class Interrupted extends Error {
  /**
   * @param cause error of Node, if any.
   * @param reused whether the connection had served an earlier exchange.
   */
  constructor(
    readonly reason: Interruption,
    readonly requestSent: boolean,
    cause?: unknown,
    private readonly reused = false,
  ) {
    super(`The exchange ended without a response: ${reason}`, { cause });
    this.name = 'Interrupted';
  }

  /** Whether the connection may have been dead before the exchange began. */
  get isStale(): boolean {
    return this.reused && (this.reason === 'deadline' || this.reason === 'connection');
  }

  /** Whether it says nothing about the receiver: a stale connection, an abort of our own, or a lack of file descriptors. */
  get isBlameless(): boolean {
    return this.isStale || this.reason === 'abandoned' || lacksDescriptors(this.cause);
  }
}

/** Node's code of an error, such as ECONNREFUSED. Undefined without one. */
export function nodeCode(cause: unknown): string | undefined {
  // Not by instanceof: an error of Node may come from another realm.
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a connection failed because the process or the machine is out of file descriptors. */
export const lacksDescriptors = (cause: unknown): boolean =>
  ['EMFILE', 'ENFILE'].includes(nodeCode(cause) ?? '');
