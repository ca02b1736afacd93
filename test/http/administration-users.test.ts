import { accountId, userId } from '../../dev/demo-data';
import { type Administrator, administrator } from '../support/administrator';
import { codes } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';
import { connect } from '../support/sockets';
import { statementsOf } from '../support/statements';
import { numbered } from '../support/streams';
import { writingNothing } from '../support/tables';

const HARBOR = accountId('Harbor Cloud');
const OWN = 'a password of my own';

let gateway: TestGateway;
let admin: Administrator;
beforeAll(async () => {
  gateway = await startTestGateway();
  admin = administrator(gateway);
});
afterAll(() => gateway.stop());

let made = 0;
const fresh = (more: object = {}) => {
  made += 1;
  return {
    name: `New ${made}`,
    email: `New-${made}@Users.example`,
    roles: ['RESELLER'],
    accountId: HARBOR,
    ...more,
  };
};
const create = (more: object = {}) => admin.ask('createUser', fresh(more));

const status = async (token: string) => (await gateway.send(token, '{ viewer { id } }')).status;

test('a new user gets a temporary password that is shown once, is not stored, and only permits a new password', async () => {
  const { user, oneTimePassword } = await create();
  expect(user).toMatchObject({
    version: 1,
    email: `new-${made}@users.example`,
    roles: ['RESELLER'],
    active: true,
    account: { name: 'Harbor Cloud' },
  });
  expect(oneTimePassword).toMatch(/^[\w-]{16}$/);
  const kept = JSON.stringify([
    await gateway.rows('SELECT * FROM users'),
    await gateway.rows('SELECT * FROM events'),
  ]);
  expect(kept).not.toContain(oneTimePassword);

  const { email } = user;
  await writingNothing(gateway, async () => {
    const early = await signIn(gateway, email, oneTimePassword);
    expect(early).toMatchObject({
      token: null,
      errors: [{ code: 'PASSWORD_CHANGE_REQUIRED', path: ['newPassword'] }],
    });
    const short = await signIn(gateway, email, oneTimePassword, 'short');
    expect(short.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['newPassword'] }]);
    const wrong = await signIn(gateway, email, 'not that', OWN);
    expect(wrong.errors).toMatchObject([{ code: 'WRONG_CREDENTIALS', path: null }]);
  });
  const { token, errors } = await signIn(gateway, email, oneTimePassword, OWN);
  expect(errors).toEqual([]);
  expect(await status(token)).toBe(200);
  expect((await gateway.send(token, '{ basket { id } }')).data.basket.id).toMatch(/^bkt_/);
  expect((await signIn(gateway, email, oneTimePassword, 'another password of mine')).token).toBeNull();
  expect((await signIn(gateway, email, OWN)).errors).toEqual([]);
  // A password of one's own is not replaced in passing: that is for changePassword.
  expect(await signIn(gateway, email, OWN, 'another password of mine')).toMatchObject({
    token: null,
    errors: [{ code: 'INVALID_INPUT', path: ['newPassword'] }],
  });
  expect((await signIn(gateway, email, 'another password of mine')).token).toBeNull();
});

test('of nine concurrent sign-ins with one temporary password, one succeeds', async () => {
  const { user, oneTimePassword } = await create();
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, index) => signIn(gateway, user.email, oneTimePassword, `${OWN} ${index}`)),
  );
  const inside = answers.flatMap(({ token }, index) => (token ? [index] : []));
  expect(inside).toHaveLength(1);
  expect((await signIn(gateway, user.email, `${OWN} ${inside[0]}`)).errors).toEqual([]);
});

test('a temporary password expires after a week', async () => {
  const { user, oneTimePassword } = await create();
  await gateway.rows('UPDATE users SET oneTimeUntil = oneTimeUntil - INTERVAL 8 DAY WHERE id = ?', [user.id]);
  expect((await signIn(gateway, user.email, oneTimePassword, OWN)).errors).toMatchObject([
    { code: 'WRONG_CREDENTIALS', path: null },
  ]);
});

test('an administrator can set a permanent password', async () => {
  const { user, oneTimePassword } = await create({ password: OWN });
  expect(oneTimePassword).toBeNull();
  expect((await signIn(gateway, user.email, OWN)).errors).toEqual([]);
});

test.each([
  ['with a role that its account does not have', { roles: ['ADMINISTRATOR'] }, 'INVALID_INPUT', 'roles'],
  ['of staff that buys', { accountId: null, roles: ['CUSTOMER'] }, 'INVALID_INPUT', 'roles'],
  ['without a role', { roles: [] }, 'INVALID_INPUT', 'roles'],
  ['of an account that never was', { accountId: 'acc_none' }, 'NOT_FOUND', 'accountId'],
  ['with an e-mail in use, in whatever case', { email: 'Sales@Harbor.example' }, 'ALREADY_EXISTS', 'email'],
  ['with no e-mail', { email: 'somebody' }, 'INVALID_INPUT', 'email'],
  ['with no name', { name: '' }, 'INVALID_INPUT', 'name'],
  ['with a short password', { password: 'short' }, 'INVALID_INPUT', 'password'],
])('creating a user %s fails', async (_, more, code, path) => {
  const answer = await writingNothing(gateway, () => create(more));
  expect(answer).toMatchObject({ user: null, oneTimePassword: null, errors: [{ code, path: [path] }] });
});

test('deactivation ends the sessions and streams of a user at once; activation restores its password', async () => {
  const { user } = await create({ password: OWN });
  const { token } = await signIn(gateway, user.email, OWN);
  const stream = await connect(gateway.url, token);
  stream.send({
    type: 'subscribe',
    id: '1',
    payload: { query: 'subscription { cancellationUpdates { __typename } }' },
  });
  const { user: out } = await admin.does('deactivateUser', { userId: user.id, expectedVersion: 1 });
  expect([out.active, out.version, out.roles]).toEqual([false, 2, ['RESELLER']]);
  expect((await stream.closed).code).toBe(4403);
  expect(await status(token)).toBe(401);
  expect((await signIn(gateway, user.email, OWN)).errors).toMatchObject([
    { code: 'WRONG_CREDENTIALS', path: null },
  ]);
  await writingNothing(gateway, () => admin.does('deactivateUser', { userId: user.id }));
  await admin.does('activateUser', { userId: user.id });
  expect(await status(token)).toBe(401);
  expect((await signIn(gateway, user.email, OWN)).errors).toEqual([]);
});

test('a password reset invalidates the password, ends the sessions, and issues a temporary password', async () => {
  const { user } = await create({ password: OWN });
  const { token } = await signIn(gateway, user.email, OWN);
  const { oneTimePassword } = await admin.does('resetUserPassword', { userId: user.id });
  expect(await status(token)).toBe(401);
  expect((await signIn(gateway, user.email, OWN)).token).toBeNull();
  expect((await signIn(gateway, user.email, oneTimePassword)).errors).toMatchObject([
    { code: 'PASSWORD_CHANGE_REQUIRED' },
  ]);
  expect((await signIn(gateway, user.email, oneTimePassword, 'yet another password')).errors).toEqual([]);
});

test('name and e-mail change; the user signs in with the new one', async () => {
  const { user } = await create({ password: OWN });
  const input = {
    userId: user.id,
    name: 'Renamed',
    email: `Renamed-${made}@users.example`,
    expectedVersion: 1,
  };
  const { user: changed } = await admin.does('updateUser', input);
  expect(changed).toMatchObject({ version: 2, name: 'Renamed', email: `renamed-${made}@users.example` });
  expect((await signIn(gateway, changed.email, OWN)).errors).toEqual([]);
  expect((await signIn(gateway, user.email, OWN)).token).toBeNull();
  await writingNothing(gateway, async () => {
    expect((await admin.ask('updateUser', input)).errors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 2 },
    ]);
    const taken = await admin.ask('updateUser', { userId: user.id, email: 'sales@harbor.example' });
    expect(taken.errors).toMatchObject([{ code: 'ALREADY_EXISTS', path: ['email'] }]);
  });
});

test('administrators cannot change their own user, so that one administrator remains', async () => {
  const own = { userId: userId('admin@bss.example') };
  await writingNothing(gateway, async () => {
    for (const name of ['updateUser', 'deactivateUser', 'activateUser', 'resetUserPassword'] as const) {
      expect(codes(await admin.ask(name, own))).toEqual(['FORBIDDEN']);
    }
    expect(codes(await admin.ask('setUserRoles', { ...own, roles: [] }))).toEqual(['FORBIDDEN']);
  });
});

test('roles change with a version, and an account manager can become an administrator', async () => {
  const { user } = await create({ accountId: null, roles: ['ACCOUNT_MANAGER'], password: OWN });
  const { token } = await signIn(gateway, user.email, OWN);
  const input = { userId: user.id, roles: ['ADMINISTRATOR', 'ACCOUNT_MANAGER'], expectedVersion: 1 };
  expect((await admin.does('setUserRoles', input)).user).toMatchObject({ version: 2, roles: input.roles });
  expect(await status(token)).toBe(401);
  expect(codes(await admin.ask('setUserRoles', input))).toEqual(['VERSION_CONFLICT']);
  await admin.does('deactivateUser', { userId: user.id });
});

test('users are listed by name, filtered and counted, in a constant number of statements', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `Listed ${index}`);
  for (const name of names) await admin.does('createUser', fresh({ name, password: OWN }));
  const LIST = `query ($filter: UserFilter, $first: Int, $after: String) {
    users(filter: $filter, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { name email roles active version account { name } } } }`;
  const list = async (variables: object) => (await admin.reads(LIST, variables)).users;
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: any = await list({ filter: { search: 'listed' }, first: 4, after });
    seen.push(...page.nodes.map(({ name }: any) => name));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  expect(seen).toEqual(names);
  expect((await list({ filter: { roles: ['ADMINISTRATOR'], active: true } })).nodes).toMatchObject([
    { email: 'admin@bss.example' },
  ]);
  expect((await list({ filter: { accountId: accountId('Contoso') } })).nodes).toMatchObject([
    { name: 'Carl Otto', version: 1 },
  ]);
  expect((await list({ filter: { accountId: accountId('Alpine Dental') } })).totalCount).toBe(0);
  const cost = (first: number) => statementsOf(gateway, () => list({ filter: { search: 'listed' }, first }));
  // The candidates, the page, its count, and whether the users and their accounts may be seen.
  expect([await cost(1), await cost(6)]).toEqual([5, 5]);
});

test('the administrative fields of a user are null except for administrators', async () => {
  for (const email of ['sales@harbor.example', 'manager@bss.example']) {
    const { data } = await gateway.send(await gateway.token(email), '{ viewer { email version active } }');
    expect(data.viewer).toEqual({ email, version: null, active: null });
  }
});

test('the audit trail of a user names the administrator', async () => {
  const { user } = await create();
  await admin.does('resetUserPassword', { userId: user.id });
  await numbered(gateway);
  const { auditTrail } = await admin.reads(
    'query ($id: ID!) { auditTrail(filter: { userId: $id }) { nodes { type message by { email } } } }',
    { id: user.id },
  );
  const by = { email: 'admin@bss.example' };
  expect(auditTrail.nodes).toEqual([
    { type: 'user.changed', message: `The password of ${user.name} was reset.`, by },
    { type: 'user.created', message: `The user ${user.name} was made: RESELLER.`, by },
  ]);
});
