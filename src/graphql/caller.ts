import type { Actor } from '../policies';

/** Sender of a request. */
export interface Caller {
  /** Null without a token. */
  actor: Actor | null;
  /** Network address. Identifies callers without a token. */
  address: string;
}
