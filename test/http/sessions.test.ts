import { codes } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const TOKENS = 'token expiresAt refreshToken viewer { email roles } errors { code message path }';
const email = 'buyer@contoso.example';
const password = 'demo';

async function refresh(refreshToken: string) {
  const document = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { ${TOKENS} } }`;
  return (await gateway.send(null, document, { input: { refreshToken } })).data.refreshToken;
}

async function viewer(token: string) {
  const { data, errors } = await gateway.send(token, '{ viewer { email } }');
  return data?.viewer?.email ?? errors?.[0]?.extensions.code;
}

test('an access token lasts 15 minutes', async () => {
  const before = Math.floor(Date.now() / 1000) * 1000;
  const { expiresAt } = await signIn(gateway, email);
  const after = Date.now();
  expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(before + 15 * 60_000);
  expect(Date.parse(expiresAt)).toBeLessThanOrEqual(after + 15 * 60_000);
});

/** Makes the last exchange of every session older than the time for which the token before is good. */
const tenSecondsLater = () => gateway.rows('UPDATE sessions SET rotatedAt = rotatedAt - INTERVAL 10 SECOND');

test('a refresh token works once, and its second use ends the session', async () => {
  const first = await signIn(gateway, email);
  const second = await refresh(first.refreshToken);
  expect(second.errors).toEqual([]);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(await viewer(second.token)).toBe(email);

  await tenSecondsLater();
  const stolen = await refresh(first.refreshToken);
  expect(stolen.token).toBeNull();
  expect(codes(stolen)).toEqual(['WRONG_CREDENTIALS']);
  expect(await viewer(second.token)).toBe('UNAUTHENTICATED');
  expect((await refresh(second.refreshToken)).token).toBeNull();
});

test('twenty concurrent refreshes with one token keep the session, and all get its next token', async () => {
  const { refreshToken } = await signIn(gateway, email);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
  expect(answers.map(codes)).toEqual(Array(20).fill([]));
  const [next, ...more] = new Set(answers.map(answer => answer.refreshToken));
  expect(more).toEqual([]);
  expect(next).not.toBe(refreshToken);
  expect(await viewer(answers[19].token)).toBe(email);
  expect(codes(await refresh(next))).toEqual([]);
});

test('a refresh can be repeated within ten seconds, and not after', async () => {
  const { refreshToken } = await signIn(gateway, email);
  const lost = await refresh(refreshToken);
  expect((await refresh(refreshToken)).refreshToken).toBe(lost.refreshToken);
  await tenSecondsLater();
  expect(codes(await refresh(refreshToken))).toEqual(['WRONG_CREDENTIALS']);
  expect(codes(await refresh(lost.refreshToken))).toEqual(['WRONG_CREDENTIALS']);
});

test.each([2, 3, 7])('a token that was exchanged %i exchanges ago ends the session at once', async ago => {
  const [first] = [await signIn(gateway, email)];
  let last = first;
  for (let exchange = 0; exchange < ago; exchange += 1) last = await refresh(last.refreshToken);
  expect(codes(last)).toEqual([]);
  expect(codes(await refresh(first.refreshToken))).toEqual(['WRONG_CREDENTIALS']);
  expect(await viewer(last.token)).toBe('UNAUTHENTICATED');
  expect(codes(await refresh(last.refreshToken))).toEqual(['WRONG_CREDENTIALS']);
});

test('a guessed refresh token does not end the session', async () => {
  const { refreshToken, token } = await signIn(gateway, email);
  const guessed = `${refreshToken.split('.')[0]}.${'A'.repeat(43)}`;
  expect(codes(await refresh(guessed))).toEqual(['WRONG_CREDENTIALS']);
  expect(await viewer(token)).toBe(email);
  expect(codes(await refresh(refreshToken))).toEqual([]);
});

test('a session of the previous release stays valid, and rotates its tokens', async () => {
  const first = await signIn(gateway, email);
  await gateway.rows('UPDATE sessions SET familyHash = NULL, rotationSalt = NULL, userVersion = NULL');
  const second = await refresh(first.refreshToken);
  const third = await refresh(second.refreshToken);
  expect(await viewer(third.token)).toBe(email);
  expect(codes(await refresh(first.refreshToken))).toEqual(['WRONG_CREDENTIALS']);
  expect(await viewer(third.token)).toBe('UNAUTHENTICATED');
});

test('an unknown refresh token and a malformed one get the same answer', async () => {
  const made = `sbr_ses_${'0'.repeat(26)}.${'A'.repeat(43)}`;
  const answers = await Promise.all([refresh(made), refresh('nonsense'), refresh('')]);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('signOut ends one session; with `everywhere` it ends all', async () => {
  const [one, two, three] = [
    await signIn(gateway, email),
    await signIn(gateway, email),
    await signIn(gateway, email),
  ];
  const out = await gateway.send(one.token, 'mutation { signOut { signedOut errors { code } } }');
  expect(out.data.signOut).toEqual({ signedOut: true, errors: [] });
  expect(await viewer(one.token)).toBe('UNAUTHENTICATED');
  expect((await refresh(one.refreshToken)).token).toBeNull();
  expect(await viewer(two.token)).toBe(email);

  await gateway.send(two.token, 'mutation { signOut(input: { everywhere: true }) { signedOut } }');
  expect(await viewer(two.token)).toBe('UNAUTHENTICATED');
  expect(await viewer(three.token)).toBe('UNAUTHENTICATED');
});

const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ${TOKENS} } }`;

test('a new password ends every session and begins a new one', async () => {
  const buyer = 'buyer@northwind.example';
  const [here, there] = [await signIn(gateway, buyer), await signIn(gateway, buyer)];
  const change = (currentPassword: string, newPassword: string, token = here.token) =>
    gateway.send(token, CHANGE, { input: { currentPassword, newPassword } });

  const wrong = (await change('wrong', 'a sentence is better')).data.changePassword;
  expect(wrong.errors).toMatchObject([{ code: 'WRONG_CREDENTIALS', path: ['currentPassword'] }]);
  const short = (await change(password, 'short')).data.changePassword;
  expect(short.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['newPassword'] }]);
  expect(await viewer(there.token)).toBe(buyer);

  const changed = (await change(password, 'a sentence is better')).data.changePassword;
  expect(changed.errors).toEqual([]);
  expect(await viewer(here.token)).toBe('UNAUTHENTICATED');
  expect(await viewer(there.token)).toBe('UNAUTHENTICATED');
  expect(await viewer(changed.token)).toBe(buyer);
  expect((await refresh(there.refreshToken)).token).toBeNull();
  expect((await signIn(gateway, buyer)).token).toBeNull();
  expect((await signIn(gateway, buyer, 'a sentence is better')).errors).toEqual([]);
});

test('removing roles ends the sessions of the user, and of no other user', async () => {
  const harbor = await signIn(gateway, 'sales@harbor.example');
  const admin = await gateway.token('admin@bss.example');
  const { data: who } = await gateway.send(harbor.token, '{ viewer { id } }');
  const set = (token: string, roles: string[], userId = who.viewer.id) =>
    gateway.send(
      token,
      'mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { user { roles } errors { code path } } }',
      { input: { userId, roles } },
    );

  const forbidden = (await set(harbor.token, ['ADMINISTRATOR'])).data.setUserRoles;
  expect(forbidden).toMatchObject({ user: null, errors: [{ code: 'FORBIDDEN' }] });
  const unfit = (await set(admin, ['ADMINISTRATOR'])).data.setUserRoles;
  expect(unfit).toMatchObject({ user: null, errors: [{ code: 'INVALID_INPUT', path: ['roles'] }] });
  expect(await viewer(harbor.token)).toBe('sales@harbor.example');

  expect((await set(admin, [])).data.setUserRoles).toEqual({ user: { roles: [] }, errors: [] });
  expect(await viewer(harbor.token)).toBe('UNAUTHENTICATED');
  expect(await viewer((await signIn(gateway, 'sales@harbor.example')).token)).toBe('UNAUTHENTICATED');
  await set(admin, ['RESELLER']);
  expect(await viewer(admin)).toBe('admin@bss.example');
});

test('a password matches in every Unicode normalization', async () => {
  const person = { email: 'sales@skyline.example', password };
  const { token } = await signIn(gateway, person.email, person.password);
  const composed = 'Z\u00fcrich is a city';
  const input = { currentPassword: password, newPassword: composed };
  expect(codes((await gateway.send(token, CHANGE, { input })).data.changePassword)).toEqual([]);
  expect(codes(await signIn(gateway, person.email, 'Zu\u0308rich is a city'))).toEqual([]);
});

test('the database contains no token and no password', async () => {
  const { token, refreshToken } = await signIn(gateway, email);
  const rows = await gateway.rows('SELECT * FROM sessions');
  const users = await gateway.rows('SELECT * FROM users');
  const kept = JSON.stringify([rows, users]);
  expect(kept).not.toContain(refreshToken.split('.')[1]);
  expect(kept).not.toContain(token);
});
