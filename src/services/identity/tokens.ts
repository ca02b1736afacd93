import { jwtVerify, SignJWT } from 'jose';
import { currentTime, currentTimeMs } from '../../clock';

/** A token that `signIn` gave. */
export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

/** Who a valid token speaks for, since which change of its sessions, and until when. */
export interface TokenClaims {
  userId: string;
  sessionId: string;
  sessionVersion: number;
  expiresAt: Date;
}

/** Makes and reads the gateway's own bearer tokens. */
export interface Tokens {
  issue(claims: Omit<TokenClaims, 'expiresAt'>): Promise<IssuedToken>;
  /** Undefined for a token that is not ours, was changed, or has expired. */
  read(token: string): Promise<TokenClaims | undefined>;
}

const ISSUER = 'skybasket';
const ALGORITHM = 'HS256';
const LIFETIME_MINUTES = 15;

/** Tokens signed with `secret` (HMAC SHA-256), valid for a quarter of an hour: a refresh token outlives them. */
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
