/** Why an exchange ended without a complete answer. */
export type Interruption = 'deadline' | 'abandoned' | 'connection' | 'garbled' | 'oversized';

/** An exchange that ended without a complete answer; `left` says whether the provider may have got the request. */
export class Interrupted extends Error {
  /** `cause` is Node's own error, where there was one. */
  constructor(
    readonly reason: Interruption,
    readonly left: boolean,
    cause?: unknown,
  ) {
    super(`The exchange ended without an answer: ${reason}`, { cause });
    this.name = 'Interrupted';
  }
}

/** Node's code of an error, such as ECONNREFUSED; undefined when it has none. */
export function nodeCode(cause: unknown): string | undefined {
  // Not by instanceof: an error of Node's own may come from another realm than ours.
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
