import { jwtVerify, SignJWT } from 'jose';

/** A token that `signIn` gave. */
export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

/** Who a valid token speaks for, and until when. */
export interface TokenClaims {
  userId: string;
  expiresAt: Date;
}

/** Makes and reads the gateway's own bearer tokens. */
export interface Tokens {
  issue(userId: string): Promise<IssuedToken>;
  /** Undefined for a token that is not ours, was changed, or has expired. */
  read(token: string): Promise<TokenClaims | undefined>;
}

const ISSUER = 'skybasket';
const ALGORITHM = 'HS256';
const HOURS = 12;

/** Tokens signed with `secret` (HMAC SHA-256), valid for twelve hours. */
export function createTokens(secret: string): Tokens {
  const key = new TextEncoder().encode(secret);
  return {
    async issue(userId) {
      const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + HOURS * 3600 * 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt };
    },

    async read(token) {
      try {
        const { payload } = await jwtVerify(token, key, { issuer: ISSUER, algorithms: [ALGORITHM] });
        if (!payload.sub || !payload.exp) return undefined;
        return { userId: payload.sub, expiresAt: new Date(payload.exp * 1000) };
      } catch {
        return undefined;
      }
    },
  };
}
