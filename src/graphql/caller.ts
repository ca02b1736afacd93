import type { Actor } from '../policies';

/** Sender of a request. */
export interface Caller {
  /** Null without a token. */
  actor: Actor | null;
  /** Network address, by which callers without a token are told apart. */
  address: string;
}
