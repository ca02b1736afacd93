import { Webhook as StandardWebhook } from 'standardwebhooks';
import { DISTRIBUTOR_EVENTS, eventTypesOf, PUBLISHED_EVENT_TYPES } from '../../src/webhooks';
import { administrator } from '../support/administrator';
import { newKey } from '../support/api-keys';
import { people } from '../support/back-office';
import { ADMIN, ALPINE, CONTOSO, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type Receiver, startReceiver } from '../support/receiver';
import { newKey as unique } from '../support/shop';
import { numbered, seqOf } from '../support/streams';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';
import { allDelivered, deletedAreGone, nothingQueued, webhooksOf } from '../support/webhooks';

jest.setTimeout(60_000);

const webhooks = {
  retries: { firstMs: 10, maxMs: 40, maxAttempts: 200, totalMs: 120_000 },
  limits: { slots: 4, failureThreshold: 5, openMs: 50 },
};
const BUYER = 'buyer@northwind.example';

let gateway: TestGateway;
let receiver: Receiver;
let admin: ReturnType<typeof webhooksOf>;
beforeAll(async () => {
  gateway = await startTestGateway({ webhooks });
  admin = webhooksOf(gateway, ADMIN);
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { id } of await admin.list()) await admin.remove(id);
  await deletedAreGone(gateway);
  await receiver.stop();
});

const create = async (input: object = {}) => {
  const made = await admin.create({ url: receiver.url, everyAccount: true, ...input });
  expect(made.errors).toEqual([]);
  return made as { webhook: any; secret: string };
};

/** The events of the log after the webhook was made whose types `like` matches, as `seq type`. */
async function recorded(webhookId: string, like: string): Promise<string[]> {
  const rows = await gateway.rows(
    `SELECT seq, type FROM events WHERE type LIKE ?
       AND seq > (SELECT seq FROM events WHERE type = 'webhook.created' AND JSON_VALUE(data, '$.id') = ?)
     ORDER BY seq`,
    [like, webhookId],
  );
  return rows.map(({ seq, type }) => `${seq} ${type}`);
}

/** What the receiver took, as `seq type` in the order of the log. */
const taken = ({ taken: messages }: Receiver = receiver) =>
  messages
    .map(({ json }) => ({ seq: seqOf(json.data.cursor), type: json.type }))
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, type }) => `${seq} ${type}`);

test('an administrator gets the events of every account, signed, once', async () => {
  const { webhook, secret } = await create({ eventTypes: ['order.*'] });
  expect(webhook).toMatchObject({ everyAccount: true, account: null, createdBy: { email: ADMIN } });
  const { buyer, otherBuyer, reseller } = people(gateway);
  await buyer.order(STORAGE);
  await otherBuyer.order(STORAGE);
  await reseller.order(STORAGE, ALPINE);
  await allDelivered(gateway, webhook.id);
  expect(taken()).toEqual(await recorded(webhook.id, 'order.%'));
  const accounts = receiver.taken.map(({ json }) => json.data.accountId);
  expect(new Set(accounts)).toEqual(new Set([NORTHWIND, CONTOSO, ALPINE]));
  expect(accounts).toHaveLength(9);
  for (const { body, headers, json } of receiver.requests)
    expect(new StandardWebhook(secret).verify(body, headers)).toEqual(json);
  expect((await admin.deliveries(webhook.id, ['DELIVERED'])).length).toBe(9);
});

test('it gets what no account has: events of the catalog, of users and of accounts, with their ids', async () => {
  const { webhook } = await create({ eventTypes: ['catalog.*', 'user.*', 'account.*', 'key.*'] });
  const office = administrator(gateway);
  await office.does('createCategory', { slug: unique(), name: 'New' });
  await office.does('updateAccount', { accountId: CONTOSO, name: 'Contoso' });
  const { user } = await office.does('createUser', {
    ...{ name: 'New', email: `${unique()}@bss.example`, roles: ['ACCOUNT_MANAGER'] },
  });
  const { id } = await newKey(gateway, ADMIN, ['READ']);
  await allDelivered(gateway, webhook.id);
  const all = await Promise.all(
    ['catalog', 'user', 'account', 'key'].map(one => recorded(webhook.id, `${one}.%`)),
  );
  expect(taken()).toEqual(all.flat().sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)));
  const dataOf = (type: string) => receiver.taken.find(({ json }) => json.type === type)?.json.data;
  const cursor = expect.any(String);
  expect(dataOf('catalog.changed')).toEqual({ cursor });
  expect(dataOf('account.changed')).toMatchObject({ accountId: CONTOSO });
  expect(dataOf('user.created')).toEqual({ cursor, userId: user.id });
  expect(dataOf('key.created')).toEqual({ cursor, apiKeyId: id });
  expect(JSON.stringify(receiver.taken)).not.toContain('was made');
});

test('every type of event and every group can be selected, and without a selection all arrive', async () => {
  const groups = [...new Set(eventTypesOf(true).map(type => `${type.split('.')[0]}.*`))];
  const each = [...eventTypesOf(true).slice(0, 50 - groups.length), ...groups];
  for (const eventTypes of [each, eventTypesOf(true).slice(50 - groups.length)]) {
    const { webhook } = await create({ eventTypes, url: 'http://127.0.0.1:1/' });
    expect(webhook.eventTypes).toEqual(eventTypes);
  }
  const { data } = await gateway.send(null, '{ eventTypes { name everyAccount } }');
  expect(data.eventTypes).toEqual([
    ...PUBLISHED_EVENT_TYPES.map(name => ({ name, everyAccount: false })),
    ...Object.keys(DISTRIBUTOR_EVENTS).map(name => ({ name, everyAccount: true })),
  ]);
  await Promise.all([BUYER, MANAGER].map(gateway.token));
  await numbered(gateway);
  const { webhook } = await create();
  await people(gateway).buyer.add(STORAGE);
  await people(gateway).manager.placed(NORTHWIND, STORAGE);
  await allDelivered(gateway, webhook.id);
  const everything = await recorded(webhook.id, '%');
  const typesOf = (list: string[]) => list.map(one => one.split(' ')[1]);
  expect(typesOf(everything)).toEqual(['basket.changed', 'order.placed']);
  expect(typesOf(taken())).toEqual(['webhook.created', ...typesOf(everything)]);
  expect(taken().slice(1)).toEqual(everything);
});

test('a webhook of an account neither selects nor gets the types of the distributor', async () => {
  const owner = webhooksOf(gateway, BUYER);
  const { webhook } = await owner.create({ url: receiver.url });
  await nothingQueued(gateway);
  for (const type of [...Object.keys(DISTRIBUTOR_EVENTS), 'user.*', 'basket.*']) {
    const input = { webhookId: webhook.id, eventTypes: ['order.*', type] };
    const refused = await writingNothing(gateway, () => owner.update(input));
    expect(codesWithPaths(refused)).toEqual(['INVALID_INPUT eventTypes.1']);
  }
  await people(gateway).buyer.order(STORAGE);
  await allDelivered(gateway, webhook.id);
  const types = new Set(receiver.taken.map(({ json }) => json.type));
  expect([...types].filter(type => !PUBLISHED_EVENT_TYPES.includes(type))).toEqual([]);
  expect(types.has('order.completed')).toBe(true);
});

test.each([
  [BUYER, {}, 'FORBIDDEN everyAccount'],
  [RESELLER, {}, 'FORBIDDEN everyAccount'],
  [MANAGER, {}, 'FORBIDDEN'],
  [ADMIN, { accountId: CONTOSO }, 'INVALID_INPUT accountId'],
  [ADMIN, { everyAccount: false }, 'NOT_FOUND accountId'],
  [ADMIN, { everyAccount: null }, 'NOT_FOUND accountId'],
  [ADMIN, { eventTypes: ['order.*', 'order.eaten'] }, 'INVALID_INPUT eventTypes.1'],
])('%s with %j is refused, and nothing is written', async (email, more, error) => {
  const input = { url: receiver.url, everyAccount: true, ...more };
  await nothingQueued(gateway);
  const refused = await writingNothing(gateway, () => webhooksOf(gateway, email).create(input));
  expect([refused.webhook, refused.secret, codesWithPaths(refused)]).toEqual([null, null, [error]]);
});

test('nobody but administrators sees it, and no key', async () => {
  const { webhook } = await create();
  const { at } = await newKey(gateway, ADMIN, ['READ', 'MANAGE_CATALOG']);
  for (const who of [BUYER, RESELLER, MANAGER]
    .map(email => webhooksOf(gateway, email))
    .concat(webhooksOf(at, ''))) {
    expect([await who.see(webhook.id), await who.list()]).toEqual([null, []]);
  }
  expect((await webhooksOf(at, '').create({ url: receiver.url, everyAccount: true })).errors).toMatchObject([
    { code: 'FORBIDDEN', message: 'An API key cannot do this. Sign in as a user.' },
  ]);
});

test('the twenty-first is refused, and webhooks of accounts do not count', async () => {
  await admin.create({ url: receiver.url, accountId: CONTOSO });
  for (let made = 0; made < 20; made += 1) await create({ eventTypes: ['order.placed'] });
  await nothingQueued(gateway);
  const input = { url: receiver.url, everyAccount: true };
  const refused = await writingNothing(gateway, () => admin.create(input));
  expect(codesWithPaths(refused)).toEqual(['INVALID_INPUT']);
});

test('a test, a redelivery and a replay are signed too', async () => {
  const { webhook, secret } = await create({ eventTypes: ['order.completed'] });
  await people(gateway).buyer.order(STORAGE);
  await allDelivered(gateway, webhook.id);
  expect(receiver.requests).toHaveLength(1);
  const [delivery] = await admin.deliveries(webhook.id);
  expect(codesWithPaths(await admin.test(webhook.id))).toEqual([]);
  await until(() => receiver.requests.length === 2);
  expect(codesWithPaths(await admin.redeliver(delivery.id))).toEqual([]);
  await until(() => receiver.requests.length === 3);
  const { cursor: after } = receiver.requests[0]?.json.data ?? {};
  expect(codesWithPaths(await admin.redeliverSince({ webhookId: webhook.id, after }))).toEqual([]);
  await until(() => receiver.requests.length === 4);
  await allDelivered(gateway, webhook.id);
  expect(receiver.requests.map(({ json }) => json.type)).toEqual([
    'order.completed',
    'webhook.test',
    'order.completed',
    'webhook.test',
  ]);
  expect(receiver.requests[2]?.id).toBe(receiver.requests[0]?.id);
  for (const { body, headers, json } of receiver.requests)
    expect(new StandardWebhook(secret).verify(body, headers)).toEqual(json);
});

test('one that fails does not delay the webhook of an account', async () => {
  const failing = await startReceiver();
  failing.behave = () => 'hang';
  const { webhook: stuck } = await create({ url: failing.url });
  const owner = webhooksOf(gateway, BUYER);
  const { webhook } = await owner.create({ url: receiver.url, eventTypes: ['order.*'] });
  const before = receiver.taken.length;
  for (let nth = 0; nth < 3; nth += 1) {
    const { manager } = people(gateway);
    const { id } = await manager.placed(NORTHWIND, { productId: STORAGE.productId });
    await manager.cancelOrder({ orderId: id });
  }
  await allDelivered(gateway, webhook.id);
  expect(receiver.taken.length - before).toBe(6);
  expect(await admin.deliveries(stuck.id, ['DELIVERED'])).toEqual([]);
  await admin.remove(stuck.id);
  await failing.stop();
});

test('one that has thousands of events to catch up with does not delay a new webhook', async () => {
  await gateway.rows(
    `INSERT INTO events (type, message, accountId, data, occurredAt)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
     SELECT 'basket.changed', 'filler', ?, '{}', NOW(3) FROM n, (SELECT 1 UNION SELECT 2 UNION SELECT 3) AS times`,
    [CONTOSO],
  );
  await numbered(gateway);
  const { webhook: far } = await create({ eventTypes: ['basket.*'] });
  const near = (await webhooksOf(gateway, BUYER).create({ url: receiver.url, eventTypes: ['order.*'] }))
    .webhook;
  for (const { id } of [far, near]) await admin.update({ webhookId: id, state: 'DISABLED' });
  await people(gateway).manager.placed(NORTHWIND, STORAGE);
  await numbered(gateway);
  const { head } = gateway.app.deps.events;
  await gateway.rows(
    `UPDATE webhooks SET state = 'ENABLED', readFrom = IF(id = ?, ?, ?) WHERE id IN (?, ?)`,
    [...[near.id, head - 1, head - 2000], ...[near.id, far.id]],
  );
  await admin.test(near.id);
  const count = 'SELECT COUNT(*) AS n FROM deliveries WHERE webhookId = ? AND createdAt';
  await until(async () => (await gateway.rows(`${count} > 0`, [far.id]))[0]?.n > 1500);
  const [queued] = await gateway.rows(
    `SELECT COUNT(*) AS n FROM deliveries WHERE webhookId = ? AND eventType = 'order.placed'
     AND createdAt <= (SELECT MIN(createdAt) FROM deliveries WHERE webhookId = ?)`,
    [near.id, far.id],
  );
  expect(queued).toEqual({ n: 1 });
});

describe('a creator who is no longer an administrator', () => {
  const REASON =
    'Its creator is no longer an active administrator. An administrator who enables it becomes its creator.';

  /** An administrator with a webhook of every account. */
  async function hire() {
    const email = `${unique()}@bss.example`;
    const office = administrator(gateway);
    const { user } = await office.does('createUser', { name: 'New', email, roles: ['ADMINISTRATOR'] });
    const input = { url: receiver.url, everyAccount: true, eventTypes: ['order.placed'] };
    const { webhook, errors } = await webhooksOf(gateway, email).create(input);
    expect(errors).toEqual([]);
    return { id: user.id as string, webhook, office };
  }

  test.each<[string, (office: ReturnType<typeof administrator>, userId: string) => Promise<unknown>]>([
    ['is deactivated', (office, id) => office.does('deactivateUser', { userId: id })],
    [
      'has another role',
      (office, id) => office.does('setUserRoles', { userId: id, roles: ['ACCOUNT_MANAGER'] }),
    ],
    [
      'is erased',
      (office, id) =>
        office.reads('mutation ($input: EraseUserInput!) { eraseUser(input: $input) { errors { code } } }', {
          input: { userId: id },
        }),
    ],
  ])(
    'who %s leaves it disabled with the reason; enabled, it resumes and has another creator',
    async (_, lose) => {
      const { id, webhook, office } = await hire();
      await lose(office, id);
      expect(await admin.see(webhook.id)).toMatchObject({ state: 'DISABLED', disabledReason: REASON });
      const { manager } = people(gateway);
      await manager.placed(NORTHWIND, STORAGE);
      const enabled = await admin.update({ webhookId: webhook.id, state: 'ENABLED' });
      expect(enabled).toMatchObject({
        webhook: { state: 'ENABLED', createdBy: { email: ADMIN } },
        errors: [],
      });
      await allDelivered(gateway, webhook.id);
      expect(receiver.requests.map(({ json }) => json.type)).toEqual(['order.placed']);
    },
  );

  test('in the database alone gets nothing: the next delivery finds it and disables the webhook', async () => {
    const { id, webhook } = await hire();
    await gateway.rows('UPDATE users SET deactivatedAt = NOW(3) WHERE id = ?', [id]);
    await people(gateway).manager.placed(NORTHWIND, STORAGE);
    await until(async () => (await admin.see(webhook.id)).state === 'DISABLED');
    expect(await admin.see(webhook.id)).toMatchObject({ disabledReason: REASON });
    expect(receiver.requests).toEqual([]);
    const [delivery] = await admin.deliveries(webhook.id);
    expect(delivery).toMatchObject({ state: 'PENDING', attempts: 0 });
  });
});
