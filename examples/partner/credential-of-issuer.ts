import type { TokenSource } from '../../client';

const {
  SKYBASKET_CLIENT_ID: clientId = '',
  SKYBASKET_CLIENT_SECRET: clientSecret = '',
  SKYBASKET_AUDIENCE: audience,
} = process.env;

/** Minimum remaining lifetime of a token that is sent, in milliseconds. */
const MIN_VALIDITY_MS = 30_000;

/**
 * Fetches access tokens of an OpenID Connect issuer with the grant of programs, client credentials (RFC 6749, section 4.4).
 * The token needs the verified e-mail address of the user that the program acts as.
 */
export function issuerTokens(issuer: string): TokenSource {
  let current: { token: string; until: number } | undefined;
  return async rejectedToken => {
    if (current && current.token !== rejectedToken && current.until > Date.now()) return current.token;
    current = await fetchToken(issuer);
    return current.token;
  };
}

async function fetchToken(issuer: string) {
  const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { token_endpoint: endpoint } = await readJson<{ token_endpoint: string }>(await fetch(discovery));
  // RFC 6749, section 2.3.1: both are form-encoded before they are joined.
  const basic = Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64');
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    // RFC 8707. Auth0 calls it `audience`; Entra and Keycloak have it in `scope`.
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(audience && { resource: audience }) }),
  });
  const { access_token: token, expires_in: seconds = 60 } = await readJson<{
    access_token: string;
    expires_in?: number;
  }>(response);
  return { token, until: Date.now() + seconds * 1000 - MIN_VALIDITY_MS };
}

const formEncode = (text: string): string => new URLSearchParams({ text }).toString().slice('text='.length);

async function readJson<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`The issuer answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
