import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'graphql-ws';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'https://gateway.example';
let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let answer: 'keys' | 'error' | 'garbage' | 'nothing';
let keysServer: Server;
let gateway: TestGateway;
let lines: Record<string, any>[];

// The gateway keeps keys that it has, so every case has a gateway of its own.
beforeEach(async () => {
  pair = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'first', alg: 'RS256' };
  keysServer = createServer((_, response) => {
    if (answer === 'nothing') response.destroy();
    else if (answer === 'error') response.writeHead(500).end();
    else response.end(answer === 'garbage' ? '<html>' : JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>(resolve => keysServer.listen(0, '127.0.0.1', resolve));
  const { port } = keysServer.address() as AddressInfo;
  const env = {
    AUTH_JWKS_URL: `http://127.0.0.1:${port}/keys`,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
  };
  lines = [];
  gateway = await startTestGateway(
    {},
    { security: usualSecurity(env) },
    { write: line => void lines.push(JSON.parse(line)) },
  );
});
afterEach(async () => {
  await gateway.stop();
  await new Promise(resolve => keysServer.close(resolve));
});

const tokenFor = (claims: object) =>
  new SignJWT({ email: 'buyer@contoso.example', email_verified: true, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'first' })
    .setSubject('subject-1')
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime('5m')
    .sign(pair.privateKey);

const post = (path: string, token: string) =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: {
      accept: path.endsWith('/stream') ? 'text/event-stream' : 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: '{ viewer { email } }' }),
  });

/** The lines of the log about the identity provider, at warning or above. */
const warnings = () => lines.filter(({ level, msg }) => level >= 40 && /identity provider/.test(msg));

async function counted(): Promise<Record<string, number>> {
  const metric = await gateway.app.deps.metrics.registry
    .getSingleMetric('skybasket_identity_provider_tokens_total')
    ?.get();
  return Object.fromEntries(
    (metric?.values ?? []).map(({ labels, value }) => [String(labels.outcome), value]),
  );
}

test.each(['nothing', 'error', 'garbage'] as const)(
  'while the identity provider answers with %s, its tokens get 503; the gateway logs once, and recovers',
  async how => {
    answer = how;
    const token = await tokenFor({});
    for (const path of ['/graphql', '/graphql/stream']) {
      const response = await post(path, token);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    }
    expect(warnings().map(({ msg }) => msg)).toEqual(['the keys of the identity provider cannot be fetched']);
    expect(await counted()).toEqual({ unavailable: 2 });
    expect(
      (await gateway.send(await gateway.token('buyer@northwind.example'), '{ viewer { email } }')).status,
    ).toBe(200);
    answer = 'keys';
    expect((await post('/graphql', token)).status).toBe(200);
    expect(lines.filter(({ msg }) => /fetched again/.test(msg))).toHaveLength(1);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  },
);

test('a WebSocket is closed with a retryable code, and reconnects', async () => {
  answer = 'error';
  const token = await tokenFor({});
  const codes: number[] = [];
  const client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryWait: async () => {
      answer = 'keys';
    },
    on: { closed: event => void codes.push((event as { code: number }).code) },
  });
  const result = await new Promise((resolve, reject) => {
    client.subscribe(
      { query: '{ viewer { email } }' },
      { next: resolve, error: reject, complete: () => undefined },
    );
  });
  expect(result).toMatchObject({ data: { viewer: { email: 'buyer@contoso.example' } } });
  expect(codes).toEqual([1013]);
  await client.dispose();
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
});

test('the log distinguishes an unverified e-mail from an unknown one, without the e-mail', async () => {
  answer = 'keys';
  expect((await post('/graphql', await tokenFor({ email_verified: false }))).status).toBe(401);
  expect((await post('/graphql', await tokenFor({ email: 'nobody@nowhere.example' }))).status).toBe(401);
  expect(warnings().map(({ msg, subject, outcome }) => [msg, subject, outcome])).toEqual([
    ['the e-mail of a token of the identity provider is not verified', 'subject-1', 'unverified_email'],
    ['no active user has the e-mail of a token of the identity provider', 'subject-1', 'unknown_email'],
  ]);
  expect(await counted()).toEqual({ accepted: 1, unverified_email: 1, unknown_email: 1 });
  expect(JSON.stringify(lines)).not.toContain('nowhere.example');
});

test('a token of another issuer is rejected without a call to the provider', async () => {
  answer = 'nothing';
  const other = await new SignJWT({ email: 'buyer@contoso.example', email_verified: true })
    .setProtectedHeader({ alg: 'RS256', kid: 'first' })
    .setIssuer('https://another.example')
    .setAudience(AUDIENCE)
    .setExpirationTime('5m')
    .sign(pair.privateKey);
  expect((await post('/graphql', other)).status).toBe(401);
  expect(await counted()).toEqual({});
});
