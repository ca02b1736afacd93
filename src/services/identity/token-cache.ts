import { currentTimeMs } from '../../clock';
import type { TokenClaims, Tokens } from './tokens';

/** Maximum number of cached tokens. */
const MAX_TOKENS = 5000;

/** Caches verified claims until they expire. Sessions are still checked; invalid tokens are not cached. */
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
