import { userId } from '../../dev/demo-data';
import { findActorByEmail } from '../../src/services/identity/actors';
import { endAllSessions } from '../../src/services/identity/sessions';
import { answered, keysOf, newKey } from '../support/api-keys';
import { ADMIN, MANAGER, RESELLER } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { shopper } from '../support/shop';
import { newSession, signIn } from '../support/sign-in';
import { counts, writingNothing } from '../support/tables';

const MANAGER_2 = 'manager2@bss.example';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test.each([MANAGER, ADMIN])('a key that %s makes without an account acts as its creator', async email => {
  const before = await counts(gateway, 'users', 'api_keys');
  const { apiKey, secret, errors } = await keysOf(gateway, email).create({ scopes: ['EXECUTE'] });
  expect(errors).toEqual([]);
  const self = { id: userId(email) };
  expect(apiKey).toMatchObject({ scopes: ['READ', 'EXECUTE'], account: null, user: self, createdBy: self });
  expect(await counts(gateway, 'users', 'api_keys')).toEqual({
    users: before.users,
    api_keys: before.api_keys + 1,
  });
  const { data } = await gateway.send(secret, '{ viewer { id email account { id } } }');
  expect(data.viewer).toEqual({ ...self, email, account: null });
});

test('a key sees what its creator sees, and neither keys nor webhooks', async () => {
  const scopes = ['READ'];
  const seen =
    '{ accounts { totalCount } mails { totalCount } users { totalCount } priceLists { totalCount } }';
  const { secret } = await newKey(gateway, ADMIN, scopes);
  const { data, errors } = await gateway.send(secret, seen);
  expect(errors).toBeUndefined();
  expect(data).toEqual((await gateway.send(await gateway.token(ADMIN), seen)).data);
  const hidden = await gateway.send(secret, '{ apiKeys { totalCount } webhooks { totalCount } }');
  expect(hidden.data).toEqual({ apiKeys: { totalCount: 0 }, webhooks: { totalCount: 0 } });

  const own = await newKey(gateway, MANAGER, scopes);
  const accounts = '{ accounts { nodes { id } } }';
  const ofManager = (await gateway.send(await gateway.token(MANAGER), accounts)).data;
  expect((await gateway.send(own.secret, accounts)).data).toEqual(ofManager);
  expect(await answered(gateway, own.secret, '{ users { totalCount } }')).toBe('200 FORBIDDEN');
});

test('account managers see and revoke their own keys, administrators all', async () => {
  const { id } = await newKey(gateway, MANAGER, ['READ']);
  const ids = async (email: string) => (await keysOf(gateway, email).list()).map(key => key.id);
  expect(await ids(ADMIN)).toContain(id);
  expect(await ids(MANAGER)).toContain(id);
  expect(await ids(MANAGER_2)).toEqual([]);
  expect(await ids(RESELLER)).not.toContain(id);
  for (const email of [MANAGER_2, RESELLER]) {
    const refused = await writingNothing(gateway, () => keysOf(gateway, email).revoke(id));
    expect(codesWithPaths(refused)).toEqual(['NOT_FOUND apiKeyId']);
  }
  expect(codesWithPaths(await keysOf(gateway, ADMIN).revoke(id))).toEqual([]);
  expect(codesWithPaths(await keysOf(gateway, MANAGER).revoke(id))).toEqual([]);
});

test.each([
  [RESELLER, ['EXECUTE'], ['INVALID_INPUT scopes.0']],
  [
    RESELLER,
    ['READ', 'EXECUTE', 'ORDER', 'MANAGE_CATALOG'],
    ['INVALID_INPUT scopes.1', 'INVALID_INPUT scopes.3'],
  ],
  [MANAGER, ['ORDER'], ['INVALID_INPUT scopes.0']],
  [MANAGER, ['DECIDE', 'MANAGE_CATALOG'], ['INVALID_INPUT scopes.1']],
  [ADMIN, ['MANAGE_CATALOG', 'ORDER'], ['INVALID_INPUT scopes.1']],
])('a key of %s with the scopes %j is refused with the path of the scope', async (email, scopes, errors) => {
  const answer = await writingNothing(gateway, () => keysOf(gateway, email).create({ scopes }));
  expect([answer.apiKey, answer.secret, codesWithPaths(answer)]).toEqual([null, null, errors]);
});

test('an administrator who names a reseller makes a key of the reseller, with its scopes', async () => {
  const { at } = await newKey(gateway, ADMIN, ['ORDER'], { accountId: await skyline() });
  const { data } = await shopper(at, '').send('{ viewer { roles account { name } } }');
  expect(data.viewer).toEqual({ roles: ['RESELLER'], account: { name: 'Skyline IT' } });
  const input = { scopes: ['EXECUTE'], accountId: await skyline() };
  const refused = await writingNothing(gateway, () => keysOf(gateway, ADMIN).create(input));
  expect(codesWithPaths(refused)).toEqual(['INVALID_INPUT scopes.0']);
  const own = { scopes: ['READ'], accountId: await skyline() };
  const forbidden = await writingNothing(gateway, () => keysOf(gateway, MANAGER).create(own));
  expect(codesWithPaths(forbidden)).toEqual(['FORBIDDEN accountId']);
});

const skyline = async () =>
  (await gateway.rows(`SELECT id FROM accounts WHERE name = 'Skyline IT'`))[0]?.id as string;

test('a person with a key is still a person: it signs in, and other issuers and deputies know it', async () => {
  await newKey(gateway, MANAGER_2, ['READ']);
  expect((await signIn(gateway, MANAGER_2)).errors).toEqual([]);
  const { db } = gateway.app.deps;
  expect((await findActorByEmail(db, MANAGER_2))?.userId).toBe(userId(MANAGER_2));
  const { errors } = await shopper(gateway, MANAGER).call(
    'setDeputy',
    'SetDeputyInput',
    { deputyId: userId(MANAGER_2) },
    'user { id }',
  );
  expect(errors).toEqual([]);
  const { data } = await gateway.send(
    await gateway.token(ADMIN),
    'mutation ($input: ResetUserPasswordInput!) { resetUserPassword(input: $input) { oneTimePassword errors { code } } }',
    { input: { userId: userId(MANAGER_2) } },
  );
  expect(data.resetUserPassword).toEqual({ oneTimePassword: expect.any(String), errors: [] });
});

test('revoking a key leaves its creator signed in; a new password leaves its keys valid', async () => {
  const email = MANAGER;
  const { id, secret } = await newKey(gateway, email, ['READ']);
  const other = await newKey(gateway, email, ['READ']);
  const session = await newSession(gateway, email);
  expect(codesWithPaths(await keysOf(gateway, email).revoke(id))).toEqual([]);
  expect(await answered(gateway, secret)).toBe('401 UNAUTHENTICATED');
  expect(await answered(gateway, session)).toBe('200 OK');
  expect(await answered(gateway, other.secret)).toBe('200 OK');

  await gateway.app.deps.db.transaction(async tx => {
    await endAllSessions(tx, userId(email), 'The password was changed.', userId(email));
  });
  expect(await answered(gateway, session)).toBe('401 UNAUTHENTICATED');
  expect(await answered(gateway, other.secret)).toBe('200 OK');
});

test('the fifty-first key of a member of staff is refused, and those of others do not count', async () => {
  const email = ADMIN;
  const live = `SELECT COUNT(*) AS n FROM api_keys
    WHERE userId = ? AND accountId IS NULL AND revokedAt IS NULL`;
  const [row] = await gateway.rows(live, [userId(email)]);
  for (let nth = row?.n; nth < 50; nth += 1) await newKey(gateway, email, ['READ']);
  const refused = await writingNothing(gateway, () => keysOf(gateway, email).create({ scopes: ['READ'] }));
  expect(codesWithPaths(refused)).toEqual(['INVALID_INPUT']);
  expect(await gateway.rows(live, [userId(email)])).toEqual([{ n: 50 }]);
  await newKey(gateway, email, ['READ'], { accountId: await skyline() });
});

test('a program does not use up the budget of the person it acts as', async () => {
  const security = { ...usualSecurity(), costBucket: 40, costPerSecond: 0.001 };
  const small = await startTestGateway({}, { security });
  try {
    const { secret } = await newKey(small, MANAGER, ['READ']);
    let last = '';
    for (let nth = 0; nth < 45 && last !== '429 RATE_LIMITED'; nth += 1) last = await answered(small, secret);
    expect(last).toBe('429 RATE_LIMITED');
    expect(await answered(small, await small.token(MANAGER))).toBe('200 OK');
  } finally {
    await small.stop();
  }
});
