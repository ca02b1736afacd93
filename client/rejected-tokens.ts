import { StreamRefusedError } from './errors';
import type { ConnectionEnd } from './subscribe-once';

/** Close codes after which a retry is useless: bad request, unauthorized, wrong subprotocol. */
const FATAL_CODES = new Set([4400, 4401, 4406]);
const FORBIDDEN = 4403;
/** Maximum fresh tokens that are rejected in a row. */
const MAX_REJECTED = 3;

/** Counts the rejected tokens of a stream. */
export class RejectedTokens {
  private count = 0;
  /** Token that the last connection was rejected with. Undefined if it ended otherwise. */
  rejected: string | undefined;

  /** Resets the count: a token was accepted. */
  reset(): void {
    this.count = 0;
  }

  /**
   * Handles the end of a connection with the token `given`. Throws if a retry is useless. True if the token has expired and
   * the next one can be used immediately.
   */
  handleEnd(ending: ConnectionEnd, given: string | undefined): boolean {
    if (ending.kind !== 'lost') return false;
    const { closeCode, reason } = ending;
    const forbidden = closeCode === FORBIDDEN;
    this.rejected = forbidden ? given : undefined;
    if (forbidden) this.count += 1;
    if (closeCode !== undefined && (FATAL_CODES.has(closeCode) || this.count >= MAX_REJECTED)) {
      throw new StreamRefusedError(closeCode, reason);
    }
    return forbidden && this.count === 1;
  }
}
