import type { TokenSource } from '../../client';
import { issuerTokens } from './credential-of-issuer';
import { passwordTokens } from './credential-of-password';

/** Chooses the credential by the settings: a token or an API key, a client of an OpenID Connect issuer, or a password. */
function choose(): TokenSource {
  const { SKYBASKET_TOKEN: token, SKYBASKET_ISSUER: issuer } = process.env;
  if (token) return () => token;
  return issuer ? issuerTokens(issuer) : passwordTokens();
}

/** Token source of every request and every connection. */
export const credential: TokenSource = choose();
