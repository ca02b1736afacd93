import { jwtVerify, SignJWT } from 'jose';
import { currentTime, currentTimeMs } from '../../clock';

/** Access token with its expiry. */
export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

/** Claims of an access token. */
export interface TokenClaims {
  userId: string;
  sessionId: string;
  sessionVersion: number;
  expiresAt: Date;
}

/** Issues and verifies the gateway's access tokens. */
export interface Tokens {
  issue(claims: Omit<TokenClaims, 'expiresAt'>): Promise<IssuedToken>;
  /** Verifies a token. Undefined if it is foreign, modified or expired. */
  read(token: string): Promise<TokenClaims | undefined>;
}

const ISSUER = 'skybasket';
const ALGORITHM = 'HS256';
const LIFETIME_MINUTES = 15;

/** Creates access tokens signed with `secret` (HMAC SHA-256), valid for 15 minutes. */
export function createTokens(secret: string): Tokens {
  const key = new TextEncoder().encode(secret);
  return {
    async issue({ userId, sessionId, sessionVersion }) {
      const expiresAt = new Date(Math.floor(currentTimeMs() / 1000) * 1000 + LIFETIME_MINUTES * 60_000);
      const token = await new SignJWT({ sid: sessionId, ver: sessionVersion })
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setIssuedAt(currentTime())
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt };
    },

    async read(token) {
      try {
        const rules = { issuer: ISSUER, algorithms: [ALGORITHM], currentDate: currentTime() };
        const { payload } = await jwtVerify(token, key, rules);
        const { sub, exp, sid, ver } = payload;
        if (!sub || !exp || typeof sid !== 'string' || typeof ver !== 'number') return undefined;
        return { userId: sub, sessionId: sid, sessionVersion: ver, expiresAt: new Date(exp * 1000) };
      } catch {
        return undefined;
      }
    },
  };
}
