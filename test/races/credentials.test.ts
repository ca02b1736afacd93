import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { adminDocument } from '../support/administrator';
import { ADMIN, BILLING, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { queueBehind } from '../support/queue-behind';
import { newKey, shopper } from '../support/shop';
import { newSession, signIn } from '../support/sign-in';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

jest.setTimeout(60_000);

const SECOND_ADMIN = 'manager2@bss.example';
const ADDRESS = 'https://hooks.example/in';

let gateway: TestGateway;
let webhookId: string;
let keyId: string;
let deliveryId: string;
let operationId: string;
let subscriptionId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.rows(`UPDATE users SET roles = '["ADMINISTRATOR"]' WHERE email = ?`, [SECOND_ADMIN]);
  ({ id: webhookId } = (await webhooksOf(gateway, RESELLER).create({ url: ADDRESS })).webhook);
  const made = await as(RESELLER, 'createApiKey', { name: 'Shop', scopes: ['READ'] }, 'apiKey { id }');
  keyId = made.apiKey.id;
  const webhooks = webhooksOf(gateway, RESELLER);
  await as(RESELLER, 'sendTestEvent', { webhookId });
  // The name does not resolve: the webhook begins to fail now, and is not changed any more.
  await until(async () => {
    const [delivery] = await webhooks.deliveries(webhookId);
    deliveryId = delivery?.id;
    return delivery?.attempts > 0;
  });
  await faults(gateway, refuse('subscriptions/create'));
  const line = { productId: demoId('prod', 'IC-BASE-1TB') };
  await shopper(gateway, RESELLER).order(line, accountId('Alpine Dental'));
  await gateway.settled();
  const [operation] = await gateway.rows("SELECT id, subscriptionId FROM operations WHERE state = 'FAILED'");
  ({ id: operationId, subscriptionId } = operation as { id: string; subscriptionId: string });
});
afterAll(() => gateway.stop());

const typeOf = (field: string) => `${field[0]?.toUpperCase()}${field.slice(1)}Input`;

/** The payload of a mutation, or the code of the request's error. */
async function send(token: string, field: string, input: object, selection = '__typename') {
  const document = `mutation ($input: ${typeOf(field)}!) { ${field}(input: $input) { ${selection} errors { code } } }`;
  const { data, errors } = await gateway.send(token, document, { input });
  return data?.[field] ?? errors?.[0]?.extensions.code;
}
const as = async (email: string, field: string, input: object, selection?: string) =>
  send(await gateway.token(email), field, input, selection);

/** What an administrator does to a user. */
async function administrate(field: 'deactivateUser' | 'activateUser' | 'resetUserPassword', email: string) {
  const { data } = await gateway.send(await gateway.token(ADMIN), adminDocument(field), {
    input: { userId: userId(email) },
  });
  expect(data[field].errors).toEqual([]);
  return data[field];
}

/** Everything that one who was shut out could have changed. */
async function written(actor: string) {
  const others = [userId(actor)];
  return JSON.stringify([
    await gateway.rows('SELECT * FROM users WHERE id <> ? ORDER BY id', others),
    await gateway.rows('SELECT * FROM api_keys ORDER BY id'),
    await gateway.rows('SELECT * FROM webhooks ORDER BY id'),
    await gateway.rows('SELECT * FROM accounts ORDER BY id'),
    await gateway.rows('SELECT * FROM categories ORDER BY id'),
    await gateway.rows('SELECT * FROM catalog_version'),
    await gateway.rows('SELECT * FROM catalog_imports'),
    await gateway.rows('SELECT * FROM operations'),
    await gateway.rows('SELECT * FROM idempotency_keys ORDER BY createdAt, idempotencyKey'),
    await gateway.rows(`SELECT id FROM events WHERE type NOT IN ('user.changed', 'user.signed-in')`),
  ]);
}

const OTHER = () => ({ userId: userId('buyer@contoso.example') });
const ACCOUNT = () => ({ accountId: accountId('Contoso') });
/** Every mutation that changes credentials, users, accounts, webhooks or the catalog, and who calls it. */
const mutations: [field: string, actor: string, input: () => object][] = [
  ['createApiKey', RESELLER, () => ({ name: 'Late', scopes: ['ORDER'] })],
  ['revokeApiKey', RESELLER, () => ({ apiKeyId: keyId })],
  ['createWebhook', RESELLER, () => ({ url: ADDRESS })],
  ['updateWebhook', RESELLER, () => ({ webhookId, description: 'late' })],
  ['rotateWebhookSecret', RESELLER, () => ({ webhookId, keepPreviousForHours: 0 })],
  ['sendTestEvent', RESELLER, () => ({ webhookId })],
  ['redeliver', RESELLER, () => ({ deliveryId })],
  ['deleteWebhook', RESELLER, () => ({ webhookId })],
  ['changePassword', RESELLER, () => ({ currentPassword: 'demo', newPassword: 'a sentence is better' })],
  [
    'createUser',
    SECOND_ADMIN,
    () => ({
      name: 'Late',
      email: 'late@example.com',
      roles: ['ADMINISTRATOR'],
      password: 'a long one of mine',
    }),
  ],
  ['updateUser', SECOND_ADMIN, () => ({ ...OTHER(), name: 'Late' })],
  ['setUserRoles', SECOND_ADMIN, () => ({ ...OTHER(), roles: [] })],
  ['deactivateUser', SECOND_ADMIN, OTHER],
  ['activateUser', SECOND_ADMIN, OTHER],
  ['resetUserPassword', SECOND_ADMIN, OTHER],
  [
    'createAccount',
    SECOND_ADMIN,
    () => ({ kind: 'CUSTOMER', name: 'New', email: 'new@example.com', billing: BILLING }),
  ],
  ['updateAccount', SECOND_ADMIN, () => ({ ...ACCOUNT(), name: 'Late' })],
  ['deactivateAccount', SECOND_ADMIN, ACCOUNT],
  ['activateAccount', SECOND_ADMIN, ACCOUNT],
  ['assignAccountManager', SECOND_ADMIN, () => ({ ...ACCOUNT(), accountManagerId: null })],
  ['assignPriceList', SECOND_ADMIN, () => ({ ...ACCOUNT(), priceListId: demoId('pl', 'public') })],
  ['importCatalog', SECOND_ADMIN, () => ({ provider: 'open-service-broker' })],
  ['retryProvisioning', SECOND_ADMIN, () => ({ operationId, idempotencyKey: newKey() })],
  ['suspendSubscription', SECOND_ADMIN, () => ({ subscriptionId, reason: 'Late', idempotencyKey: newKey() })],
  ['resumeSubscription', SECOND_ADMIN, () => ({ subscriptionId, idempotencyKey: newKey() })],
  ['abandonOperation', SECOND_ADMIN, () => ({ operationId, reason: 'Late', idempotencyKey: newKey() })],
  ['createCategory', SECOND_ADMIN, () => ({ slug: 'late', name: 'Late' })],
];

describe('a user who is deactivated while its request waits', () => {
  test.each(mutations)('has no %s', async (field, actor, input) => {
    const token = await newSession(gateway, actor);
    const before = await written(actor);
    const [, answer] = await queueBehind(
      gateway,
      userId(actor),
      () => administrate('deactivateUser', actor),
      () => send(token, field, input()),
    );
    expect(answer).toBe('UNAUTHENTICATED');
    expect(await written(actor)).toBe(before);
    await administrate('activateUser', actor);
  });
});

test('a session that is signed out while its request waits makes no API key', async () => {
  const [token, elsewhere] = [await newSession(gateway, RESELLER), await newSession(gateway, RESELLER)];
  const before = await written(RESELLER);
  const [out, key] = await queueBehind(
    gateway,
    userId(RESELLER),
    () => gateway.send(elsewhere, 'mutation { signOut(input: { everywhere: true }) { signedOut } }'),
    () => send(token, 'createApiKey', { name: 'Late', scopes: ['ORDER'] }),
  );
  expect(out.data.signOut.signedOut).toBe(true);
  expect(key).toBe('UNAUTHENTICATED');
  const after = JSON.parse(await written(RESELLER));
  expect(after.slice(0, -1)).toEqual(JSON.parse(before).slice(0, -1));
});

const BUYER = 'buyer@contoso.example';
const TOKENS = 'token refreshToken errors { code }';
const enter = (password: string) => signIn(gateway, BUYER, password);
const renew = (refreshToken: string) =>
  gateway
    .send(null, `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { ${TOKENS} } }`, {
      input: { refreshToken },
    })
    .then(({ data }) => data.refreshToken);
const openSessions = () =>
  gateway.rows(
    `SELECT s.id FROM sessions s JOIN users u ON u.id = s.userId
     WHERE u.email = ? AND s.revokedAt IS NULL AND s.userVersion = u.sessionVersion`,
    [BUYER],
  );
const refused = { token: null, refreshToken: null, errors: [{ code: 'WRONG_CREDENTIALS' }] };

describe('the password of a user', () => {
  let hash: string;
  beforeAll(async () => {
    const [user] = await gateway.rows('SELECT passwordHash FROM users WHERE email = ?', [BUYER]);
    hash = user?.passwordHash;
  });
  beforeEach(async () => {
    await gateway.rows(
      'UPDATE users SET passwordHash = ?, oneTimeUntil = NULL, deactivatedAt = NULL WHERE email = ?',
      [hash, BUYER],
    );
    await gateway.rows('UPDATE sessions SET revokedAt = NOW(3) WHERE userId = ?', [userId(BUYER)]);
  });

  test.each([
    ['reset', () => administrate('resetUserPassword', BUYER)],
    ['of no use, for it is deactivated', () => administrate('deactivateUser', BUYER)],
  ])('is %s during a sign-in with it: no session begins', async (_, first) => {
    const [, answer] = await queueBehind(gateway, userId(BUYER), first, () => enter('demo'));
    expect(answer).toMatchObject(refused);
    expect(await openSessions()).toEqual([]);
  });

  test('is changed during a sign-in with the old one: only the session of the change remains', async () => {
    const { token } = await enter('demo');
    const change = { currentPassword: 'demo', newPassword: 'a sentence is better' };
    const [changed, answer] = await queueBehind(
      gateway,
      userId(BUYER),
      () => send(token, 'changePassword', change, 'refreshToken'),
      () => enter('demo'),
    );
    expect(changed.errors).toEqual([]);
    expect(answer).toMatchObject(refused);
    expect(await openSessions()).toHaveLength(1);
    expect((await renew(changed.refreshToken)).errors).toEqual([]);
  });

  test('is reset while its user changes it: the reset stays, and the change fails', async () => {
    const { token } = await enter('demo');
    const change = { currentPassword: 'demo', newPassword: 'a sentence is better' };
    const [reset, answer] = await queueBehind(
      gateway,
      userId(BUYER),
      () => administrate('resetUserPassword', BUYER),
      () => send(token, 'changePassword', change),
    );
    expect(answer).toBe('UNAUTHENTICATED');
    expect(await openSessions()).toEqual([]);
    expect((await enter(reset.oneTimePassword)).errors).toMatchObject([{ code: 'PASSWORD_CHANGE_REQUIRED' }]);
    expect((await enter('a sentence is better')).errors).toMatchObject([{ code: 'WRONG_CREDENTIALS' }]);
  });

  test.each([1, 2, 3])(
    'is changed twice concurrently during sign-ins: one session remains (round %i)',
    async () => {
      const [one, two] = [await enter('demo'), await enter('demo')];
      const change = (token: string, newPassword: string) =>
        send(
          token,
          'changePassword',
          { currentPassword: 'demo', newPassword },
          TOKENS.replace(/ errors.*/, ''),
        );
      const [first, second, ...entered] = await Promise.all([
        change(one.token, 'a sentence is better'),
        change(two.token, 'another one is as good'),
        ...[1, 2, 3].map(() => enter('demo')),
      ]);
      const changed = [first, second].filter(answer => answer.errors?.length === 0);
      expect(changed).toHaveLength(1);
      expect(await openSessions()).toHaveLength(1);
      for (const { refreshToken } of [one, two, ...entered])
        if (refreshToken) expect((await renew(refreshToken)).errors).toEqual([{ code: 'WRONG_CREDENTIALS' }]);
      expect((await renew(changed[0].refreshToken)).errors).toEqual([]);
    },
  );

  test('a refresh that waits while the sessions are ended is rejected', async () => {
    const { refreshToken } = await enter('demo');
    const [, answer] = await queueBehind(
      gateway,
      userId(BUYER),
      () => administrate('deactivateUser', BUYER),
      () => renew(refreshToken),
    );
    expect(answer).toMatchObject(refused);
    expect(await openSessions()).toEqual([]);
  });
});
