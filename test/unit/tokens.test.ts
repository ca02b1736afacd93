import { jwtVerify, SignJWT } from 'jose';
import { createTokens } from '../../src/services/identity/tokens';

const SECRET = 'a secret of a test that is long enough';
const key = new TextEncoder().encode(SECRET);
const tokens = createTokens(SECRET);
const CLAIMS = { userId: 'usr_1', sessionId: 'ses_1', sessionVersion: 2 };

/** Token signed by jose with the claims of the gateway, and changes of its claims and its header. */
const signed = (claims: object = {}, header: object = {}, secret = key) =>
  new SignJWT({ sid: 'ses_1', ver: 2, sub: 'usr_1', iss: 'skybasket', exp: inSeconds(60), ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(secret);

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

test('a token can be read by the gateway and by jose', async () => {
  const { token, expiresAt } = await tokens.issue(CLAIMS);
  expect(await tokens.read(token)).toEqual({ ...CLAIMS, expiresAt });
  const { payload, protectedHeader } = await jwtVerify(token, key, { issuer: 'skybasket' });
  expect(protectedHeader).toEqual({ alg: 'HS256' });
  const exp = expiresAt.getTime() / 1000;
  expect(payload).toEqual({ sid: 'ses_1', ver: 2, sub: 'usr_1', iss: 'skybasket', iat: exp - 900, exp });
});

test('a token that jose has signed is read', async () => {
  expect(await tokens.read(await signed())).toMatchObject(CLAIMS);
  expect(await tokens.read(await signed({ nbf: inSeconds(-5) }))).toMatchObject(CLAIMS);
});

test.each([
  ['expired', signed({ exp: inSeconds(-1) })],
  ['expired this second', signed({ exp: inSeconds(0) })],
  ['without an expiry', signed({ exp: undefined })],
  ['whose expiry is a text', signed({ exp: String(inSeconds(60)) })],
  ['not valid yet', signed({ nbf: inSeconds(60) })],
  ['whose start is a text', signed({ nbf: '1' })],
  ['whose time of issue is a text', signed({ iat: '1' })],
  ['of another issuer', signed({ iss: 'another' })],
  ['of several issuers', signed({ iss: ['skybasket'] })],
  ['without a user', signed({ sub: '' })],
  ['without a session', signed({ sid: undefined })],
  ['whose version is a text', signed({ ver: '2' })],
  ['of another secret', signed({}, {}, new TextEncoder().encode('another secret, which is long enough too'))],
  ['of another algorithm', signed({}, { alg: 'HS512' }, new Uint8Array(64))],
  ['whose extensions are unknown', signed({}, { crit: ['b64'], b64: true })],
])('a token %s is refused', async (_, token) => {
  expect(await tokens.read(await token)).toBeUndefined();
});

test('a token of which any part is changed is refused', async () => {
  const { token } = await tokens.issue(CLAIMS);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const other = encoded({ sid: 'ses_2', ver: 2, sub: 'usr_1', iss: 'skybasket', exp: inSeconds(60) });
  const changed = [
    `${encoded({ alg: 'none' })}.${payload}.`,
    `${encoded({ alg: 'none' })}.${payload}.${signature}`,
    `${header}.${other}.${signature}`,
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${header}.${payload}.${signature}.`,
    `${header}.${payload}.${signature}=`,
    `${header}.${payload}.${signature.slice(1)}`,
    `.${payload}.${signature}`,
    '',
    '..',
  ];
  for (const each of changed) expect(await tokens.read(each)).toBeUndefined();
});
