import { createRemoteJWKSet, jwtVerify } from 'jose';
import { currentTime } from '../../clock';

/** An OpenID Connect issuer whose tokens are accepted. */
export interface IssuerSettings {
  jwksUrl: string;
  issuer: string;
  audience: string;
}

/** Whom a token of another issuer speaks for, and until when. */
export interface ForeignClaims {
  email: string;
  expiresAt: Date;
}

/** Reads the tokens of an OpenID Connect issuer. */
export interface ForeignTokens {
  /** Undefined for a token that is not the issuer's, is not for us, has expired, or has no verified e-mail. */
  read(token: string): Promise<ForeignClaims | undefined>;
}

// Signed with a private key: a shared secret would let whoever verifies also issue.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Tokens of the issuer, checked against the keys at its JWKS address, which are fetched when first needed and again when
 * a token names a key that is not known. The user is who has the token's verified e-mail here; roles are ours to give.
 */
export function createForeignTokens({ jwksUrl, issuer, audience }: IssuerSettings): ForeignTokens {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3000, cooldownDuration: 5000 });
  return {
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          currentDate: currentTime(),
        });
        const { exp, email, email_verified: verified } = payload;
        if (!exp || typeof email !== 'string' || verified !== true) return undefined;
        return { email, expiresAt: new Date(exp * 1000) };
      } catch {
        return undefined;
      }
    },
  };
}
