import { StreamRefusedError } from './errors';
import type { ConnectionEnd } from './subscribe-once';

/** Closed for a reason that another attempt does not change: bad request, unauthorized, wrong subprotocol. */
const FATAL_CODES = new Set([4400, 4401, 4406]);
const FORBIDDEN = 4403;
/** So many fresh tokens may be turned away in a row. */
const MAX_REJECTED = 3;

/** What became of the tokens that a stream was tried with. */
export class RejectedTokens {
  private count = 0;
  /** The token that was refused last, unless something else came in between. */
  rejected: string | undefined;

  /** A token was accepted. */
  reset(): void {
    this.count = 0;
  }

  /**
   * Takes note of how a connection with the token `given` ended; throws what another attempt would not change. True where
   * the token has come to its end, as each does, and the next one is to be used at once.
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
