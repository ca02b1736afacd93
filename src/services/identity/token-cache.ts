import { currentTimeMs } from '../../clock';
import type { TokenClaims, Tokens } from './tokens';

/** Tokens remembered at once. */
const MAX_TOKENS = 5000;

/**
 * The same tokens, with the signature of each checked once: what a good one says stays true until it ends, and whether
 * its session has ended is asked of the database every time, as without this. A forged one is never remembered.
 */
export function cacheVerifiedTokens(tokens: Tokens, now: () => number = currentTimeMs): Tokens {
  const known = new Map<string, TokenClaims>();
  return {
    issue: claims => tokens.issue(claims),

    async read(token) {
      const before = known.get(token);
      if (before && before.expiresAt.getTime() > now()) return before;
      known.delete(token);
      const claims = await tokens.read(token);
      if (!claims) return undefined;
      if (known.size >= MAX_TOKENS) known.clear();
      known.set(token, claims);
      return claims;
    },
  };
}
