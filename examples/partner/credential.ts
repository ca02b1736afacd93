import type { TokenSource } from '../../client';
import { issuerTokens } from './credential-of-issuer';
import { passwordTokens } from './credential-of-password';

/** Source of tokens. */
export interface Credential {
  /** Called before every request and every connection. */
  token: TokenSource;
  /** Gives up what the tokens were had with. */
  leave?(): Promise<void>;
}

/** Chooses the credential by the settings: a token or an API key, a client of an OpenID Connect issuer, or a password. */
function choose(): Credential {
  const { SKYBASKET_TOKEN: token, SKYBASKET_ISSUER: issuer } = process.env;
  if (token) return { token: () => token };
  return issuer ? { token: issuerTokens(issuer) } : passwordTokens();
}

/** Credential of every request and every connection. */
export const credential: Credential = choose();
