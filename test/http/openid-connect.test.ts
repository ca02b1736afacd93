import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { generateKeyPair, SignJWT } from 'jose';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';

let gateway: TestGateway;
let issuer: ChildProcess;
let at: { issuer: string; audience: string };
let jwksUrl: string;

beforeAll(async () => {
  issuer = spawn(process.execPath, [resolve(__dirname, '../support/oidc-issuer.mjs')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(createInterface({ input: issuer.stdout as NodeJS.ReadableStream }), 'line');
  at = JSON.parse(String(line));
  const discovered = await fetch(`${at.issuer}/.well-known/openid-configuration`);
  jwksUrl = ((await discovered.json()) as { jwks_uri: string }).jwks_uri;
  const env = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: at.issuer, AUTH_AUDIENCE: at.audience };
  gateway = await startTestGateway({}, { security: usualSecurity(env) });
});
afterAll(async () => {
  issuer.kill();
  await gateway.stop();
});

async function tokenOf(client: string, resource = at.audience): Promise<string> {
  const response = await fetch(`${at.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:a+secret+of+the+tests`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function caller(token: string) {
  const { status, data, errors } = await gateway.send(token, '{ viewer { email account { name } } }');
  return errors ? [status, errors[0]?.extensions.code] : data.viewer;
}

const REJECTED = [401, 'UNAUTHENTICATED'];

test('a token of the issuer authenticates the user with its verified e-mail', async () => {
  expect(await caller(await tokenOf('buyer'))).toEqual({
    email: 'buyer@contoso.example',
    account: { name: 'Contoso' },
  });
});

test('a token with an unverified or unknown e-mail is rejected', async () => {
  expect(await caller(await tokenOf('sloppy'))).toEqual(REJECTED);
  expect(await caller(await tokenOf('stranger'))).toEqual(REJECTED);
});

test.each(['accent', 'fullwidth', 'invisible', 'padded'])(
  'a token for an e-mail that only resembles that of an administrator (%s) is rejected',
  async client => {
    expect(await caller(await tokenOf('capitals'))).toEqual({ email: 'admin@bss.example', account: null });
    expect(await caller(await tokenOf(client))).toEqual(REJECTED);
  },
);

test('a token for another audience is rejected', async () => {
  expect(await caller(await tokenOf('buyer', 'https://another.example'))).toEqual(REJECTED);
});

test('a token with valid claims and a wrong or missing signature is rejected', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  const claims = { email: 'admin@bss.example', email_verified: true };
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(at.issuer)
    .setAudience(at.audience)
    .setExpirationTime('5m')
    .sign(privateKey);
  expect(await caller(forged)).toEqual(REJECTED);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`;
  expect(await caller(unsigned)).toEqual(REJECTED);
  // Signed with what everybody can read, as if it were a shared secret.
  const confused = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(at.issuer)
    .setAudience(at.audience)
    .setExpirationTime('5m')
    .sign(Buffer.from(await (await fetch(jwksUrl)).text()));
  expect(await caller(confused)).toEqual(REJECTED);
});

test("the gateway's own tokens stay valid beside those of the issuer", async () => {
  expect(await caller(await gateway.token('buyer@northwind.example'))).toMatchObject({
    email: 'buyer@northwind.example',
  });
});
