import { Webhook as StandardWebhook } from 'standardwebhooks';
import { accountId } from '../../dev/demo-data';
import { people } from '../support/back-office';
import { product } from '../support/catalog';
import { ALPINE, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { type Behaviour, expectedSignature, type Receiver, startReceiver } from '../support/receiver';
import { connect } from '../support/sockets';
import { numbered } from '../support/streams';
import { until } from '../support/until';
import { allDelivered, webhooksOf } from '../support/webhooks';

const BUYER = 'buyer@northwind.example';
const BACKUP = { productId: product('CB-SERVER') };

/** Quick enough for a test, and patient enough for a busy machine. */
const webhooks = {
  retries: { firstMs: 10, maxMs: 40, maxAttempts: 200, totalMs: 120_000 },
  limits: { slots: 4, failureThreshold: 5, openMs: 50 },
};

let gateway: TestGateway;
let receiver: Receiver;
beforeAll(async () => {
  gateway = await startTestGateway({ webhooks });
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { id } of await webhooksOf(gateway, 'admin@bss.example').list()) {
    await webhooksOf(gateway, 'admin@bss.example').remove(id);
  }
  await receiver.stop();
});

const delivered = (webhookId: string) => allDelivered(gateway, webhookId);

/** The events of the log that a webhook of `account` is told of, after the webhook was made, in order. */
const recorded = (account: string, webhookId: string) =>
  gateway.rows(
    `SELECT seq, type, subscriptionId, orderId FROM events
     WHERE (accountId = ? OR resellerId = ?) AND SUBSTRING_INDEX(type, '.', 1)
       IN ('order', 'subscription', 'operation', 'step', 'cancellation', 'charge')
       AND seq > (SELECT seq FROM events WHERE type = 'webhook.created' AND JSON_VALUE(data, '$.id') = ?)
     ORDER BY seq`,
    [account, account, webhookId],
  );

const subjectOf = ({ subscriptionId, orderId }: any) => subscriptionId ?? orderId ?? null;

/** By subject, what `items` are, in their order. */
function bySubject(items: { subject: string | null; what: string }[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { subject, what } of items) groups[String(subject)] = [...(groups[String(subject)] ?? []), what];
  return groups;
}

const seqOf = (cursor: string) => Number.parseInt(cursor, 36);

/** Shows that the receiver took every event of the account, in order per subscription. */
async function expectEverything(account: string, webhookId: string): Promise<void> {
  const events = await recorded(account, webhookId);
  expect(events.length).toBeGreaterThan(0);
  const got = receiver.taken.map(({ json }) => ({
    subject: subjectOf(json.data),
    what: `${seqOf(json.data.cursor)} ${json.type}`,
  }));
  const expected = events.map(event => ({ subject: subjectOf(event), what: `${event.seq} ${event.type}` }));
  expect(bySubject(got)).toEqual(bySubject(expected));
}

test('an account gets the events of its subscriptions, signed, once, in order', async () => {
  const { buyer } = people(gateway);
  const owner = webhooksOf(gateway, BUYER);
  const { webhook, secret, errors } = await owner.create({ url: receiver.url, description: 'ERP' });
  expect(errors).toEqual([]);
  expect(webhook).toMatchObject({
    version: 1,
    description: 'ERP',
    eventTypes: [],
    state: 'ENABLED',
    failingSince: null,
    account: { name: 'Northwind Traders' },
    createdBy: { email: BUYER },
  });
  const { order } = await buyer.order(STORAGE);
  await delivered(webhook.id);
  await expectEverything(NORTHWIND, webhook.id);
  expect(receiver.requests.length).toBe(receiver.taken.length);
  for (const message of receiver.requests) {
    expect(message.headers['webhook-signature']).toBe(expectedSignature(secret, message));
    expect(new StandardWebhook(secret).verify(message.body, message.headers)).toEqual(message.json);
    const forged = message.body.replace('accountId', 'accountID');
    expect(() => new StandardWebhook(secret).verify(forged, message.headers)).toThrow();
    expect(message.headers['content-type']).toBe('application/json');
  }
  const completed = receiver.taken.find(({ json }) => json.type === 'order.completed');
  const [row] = await gateway.rows(`SELECT * FROM events WHERE type = 'order.completed' AND orderId = ?`, [
    order.id,
  ]);
  expect(completed?.json).toEqual({
    type: 'order.completed',
    timestamp: row?.occurredAt.toISOString(),
    data: { cursor: expect.any(String), accountId: NORTHWIND, orderId: order.id },
  });
  const step = receiver.taken.find(({ json }) => json.type === 'step.changed');
  expect(Object.keys(step?.json.data ?? {})).toEqual([
    'cursor',
    'accountId',
    'orderId',
    'subscriptionId',
    'operationId',
    'step',
    'stepState',
    'operationState',
    'message',
  ]);
  const log = await owner.deliveries(webhook.id);
  expect(
    new Set(log.map(({ state, attempts, responseStatus }) => `${state} ${attempts} ${responseStatus}`)),
  ).toEqual(new Set(['DELIVERED 1 204']));
  expect(log.map(({ id }) => id).sort()).toEqual(receiver.taken.map(({ id }) => id).sort());
});

const SICK: Record<string, Behaviour> = {
  'answers 500': 500,
  'answers 404': 404,
  redirects: { status: 307, headers: { location: 'http://127.0.0.1:1/elsewhere' } },
  hangs: 'hang',
  'breaks the connection': 'reset',
  'answers something that is not HTTP': 'garble',
  'answers more than anybody wants to read': 'ramble',
};

test.each(Object.entries(SICK))('a receiver that %s at first gets every event in order', async (_, how) => {
  const owner = webhooksOf(gateway, BUYER);
  const { webhook } = await owner.create({ url: receiver.url });
  const tries = new Map<string, number>();
  receiver.behave = ({ id }) => {
    tries.set(id, (tries.get(id) ?? 0) + 1);
    // The first of a few, and each of those twice.
    return [...tries.keys()].indexOf(id) < 2 && (tries.get(id) ?? 0) <= 2 ? how : undefined;
  };
  await people(gateway).buyer.order(STORAGE);
  await delivered(webhook.id);
  await expectEverything(NORTHWIND, webhook.id);
  const log = await owner.deliveries(webhook.id);
  expect(log.every(({ state, error }) => state === 'DELIVERED' && error === null)).toBe(true);
  expect(log.filter(({ attempts }) => attempts === 3)).toHaveLength(2);
  // Every attempt has the same id and the same body.
  for (const { id, body } of receiver.requests) {
    expect(receiver.requests.find(first => first.id === id)?.body).toBe(body);
  }
});

test('a receiver that fails, hangs, goes away and comes back gets every event, in order per subscription', async () => {
  const owner = webhooksOf(gateway, RESELLER);
  const { webhook } = await owner.create({ url: receiver.url });
  let count = 0;
  receiver.behave = () => {
    count += 1;
    const chance = Math.random();
    return chance < 0.15 ? 503 : chance < 0.2 ? 'hang' : chance < 0.3 ? 'reset' : undefined;
  };
  const { manager } = people(gateway);
  const customers = ['Alpine Dental', 'Birch Legal'].map(accountId);
  for (const customer of customers) {
    const { id } = await manager.placed(customer, STORAGE);
    await manager.execute({ orderId: id });
  }
  await until(() => count > 5);
  await receiver.down();
  for (const customer of customers) {
    const { id } = await manager.placed(customer, BACKUP);
    await manager.execute({ orderId: id });
  }
  await gateway.settled();
  await receiver.up();
  // Another process on the same database takes its share, and goes.
  const second = await startOn({ ...gateway.settings, migrate: false }, { webhooks });
  await until(() => count > 20);
  await second.stop();
  receiver.behave = () => undefined;
  await delivered(webhook.id);
  await expectEverything(accountId('Skyline IT'), webhook.id);
}, 60_000);

test('an event that is never accepted delays its own subscription only, and is given up in the end', async () => {
  const owner = webhooksOf(gateway, RESELLER);
  const { webhook } = await owner.create({ url: receiver.url, eventTypes: ['step.changed', 'operation.*'] });
  const { manager } = people(gateway);
  let poison = '';
  receiver.behave = ({ json, id }) => {
    if (json.type === 'operation.created' && json.data.accountId === ALPINE) poison = id;
    return id === poison ? 422 : undefined;
  };
  for (const customer of [ALPINE, accountId('Birch Legal')]) {
    const { id } = await manager.placed(customer, STORAGE);
    await manager.execute({ orderId: id });
  }
  await gateway.settled();
  await until(async () => receiver.taken.some(({ json }) => json.data.operationState === 'SUCCEEDED'));
  expect(new Set(receiver.taken.map(({ json }) => json.data.accountId))).toEqual(
    new Set([accountId('Birch Legal')]),
  );
  await until(async () =>
    (await owner.deliveries(webhook.id, ['PENDING'])).some(({ attempts }) => attempts > 0),
  );
  expect(await owner.see(webhook.id)).toMatchObject({ state: 'ENABLED' });
  // As if it had been tried for days.
  await gateway.rows(`UPDATE deliveries SET firstAttemptAt = '2026-01-01' WHERE id = ?`, [poison]);
  await delivered(webhook.id);
  const [failed, ...more] = await owner.deliveries(webhook.id, ['FAILED']);
  expect(more).toEqual([]);
  expect(failed).toMatchObject({
    id: poison,
    responseStatus: 422,
    error: 'The receiver answered with HTTP 422.',
    nextAttemptAt: null,
  });
  const alpine = receiver.taken.filter(({ json }) => json.data.accountId === ALPINE);
  expect(alpine.at(-1)?.json.data.operationState).toBe('SUCCEEDED');
  const taken = alpine.length;
  receiver.behave = () => undefined;
  const { delivery } = await owner.redeliver(poison);
  expect(delivery).toMatchObject({ state: 'PENDING', attempts: 0, error: null });
  await delivered(webhook.id);
  expect(receiver.taken.filter(({ json }) => json.data.accountId === ALPINE)).toHaveLength(taken + 1);
  expect(receiver.taken.at(-1)?.id).toBe(poison);
}, 60_000);

test('a receiver that hangs does not delay another', async () => {
  const still = await startReceiver();
  still.behave = () => 'hang';
  const owner = webhooksOf(gateway, RESELLER);
  const { webhook: hanging } = await owner.create({ url: still.url });
  const { webhook } = await owner.create({ url: receiver.url });
  const { manager } = people(gateway);
  for (const customer of ['Alpine Dental', 'Birch Legal'].map(accountId)) {
    for (const line of [STORAGE, BACKUP]) {
      const { id } = await manager.placed(customer, line);
      await manager.execute({ orderId: id });
    }
  }
  await delivered(webhook.id);
  await expectEverything(accountId('Skyline IT'), webhook.id);
  expect(still.taken).toEqual([]);
  expect((await owner.deliveries(hanging.id, ['DELIVERED'])).length).toBe(0);
  await owner.remove(hanging.id);
  await still.stop();
}, 60_000);

test('a webhook resumes from the cursor of a stream, and a stream from the cursor of a webhook', async () => {
  const { buyer } = people(gateway);
  const live = await connect(gateway.url, await gateway.token(BUYER));
  const subscribe = (id: string, after?: string) =>
    live.send({
      type: 'subscribe',
      id,
      payload: {
        query: `subscription ($after: StreamCursor) { provisioningUpdates(after: $after) {
          ... on ProvisioningSnapshot { cursor } ... on ProvisioningUpdate { cursor operationState } } }`,
        variables: { after },
      },
    });
  subscribe('before');
  const first = await live.next(({ id }) => id === 'before');
  const { cursor } = first.payload.data.provisioningUpdates;
  await buyer.order(STORAGE);
  await gateway.settled();
  const owner = webhooksOf(gateway, BUYER);
  const { webhook, errors } = await owner.create({ url: receiver.url, after: cursor });
  expect(errors).toEqual([]);
  await delivered(webhook.id);
  const told = receiver.taken.filter(({ json }) => /^(operation|step)\./.test(json.type));
  expect(told[0]?.json.type).toBe('operation.created');
  expect(told.at(-1)?.json.data.operationState).toBe('SUCCEEDED');
  // The stream goes on behind the message before the last.
  subscribe('after', told.at(-2)?.json.data.cursor);
  const next = await live.next(({ id }) => id === 'after');
  expect(seqOf(next.payload.data.provisioningUpdates.cursor)).toBe(seqOf(told.at(-1)?.json.data.cursor));
  live.socket.terminate();
});

test('redeliverSince sends every event after the cursor again, with the same ids and in order', async () => {
  const { buyer } = people(gateway);
  const owner = webhooksOf(gateway, BUYER);
  const { webhook } = await owner.create({ url: receiver.url });
  await buyer.order(STORAGE);
  await delivered(webhook.id);
  const before = receiver.requests.splice(0);
  const from = 4;
  const bySeq = [...before].sort((a, b) => seqOf(a.json.data.cursor) - seqOf(b.json.data.cursor));
  const { errors } = await owner.redeliverSince({
    webhookId: webhook.id,
    after: bySeq[from - 1]?.json.data.cursor,
  });
  expect(errors).toEqual([]);
  await until(async () => receiver.requests.length === before.length - from);
  await delivered(webhook.id);
  const again = bySubject(
    receiver.requests.map(({ id, json }) => ({ subject: subjectOf(json.data), what: id })),
  );
  const wanted = bySubject(
    bySeq.slice(from).map(({ id, json }) => ({ subject: subjectOf(json.data), what: id })),
  );
  expect(again).toEqual(wanted);
});

test('a disabled webhook keeps its position, and resumes there', async () => {
  const { buyer } = people(gateway);
  const owner = webhooksOf(gateway, BUYER);
  const { webhook } = await owner.create({ url: receiver.url });
  const off = await owner.update({ webhookId: webhook.id, state: 'DISABLED', expectedVersion: 1 });
  expect(off.webhook).toMatchObject({ state: 'DISABLED', disabledReason: 'It was disabled by a person.' });
  await buyer.order(STORAGE);
  await gateway.settled();
  expect(receiver.requests).toEqual([]);
  const on = await owner.update({ webhookId: webhook.id, state: 'ENABLED' });
  expect(on.webhook).toMatchObject({ state: 'ENABLED', disabledReason: null, disabledAt: null });
  await delivered(webhook.id);
  await expectEverything(NORTHWIND, webhook.id);
});

test('events beyond the retention are reported as lost', async () => {
  const { buyer } = people(gateway);
  const owner = webhooksOf(gateway, BUYER);
  const { webhook } = await owner.create({ url: receiver.url });
  await owner.update({ webhookId: webhook.id, state: 'DISABLED' });
  await buyer.order(STORAGE);
  await gateway.settled();
  await numbered(gateway);
  const [row] = await gateway.rows('SELECT MAX(seq) AS seq FROM events');
  await gateway.rows('DELETE FROM events WHERE seq <= ?', [row?.seq - 1]);
  // The tail of the process still has them in memory; one that begins now has not.
  const { events } = gateway.app.deps as any;
  events.cached = [];
  await owner.update({ webhookId: webhook.id, state: 'ENABLED' });
  await until(() => receiver.taken.some(({ json }) => json.type === 'webhook.reset'));
  await delivered(webhook.id);
  const reset = receiver.taken.filter(({ json }) => json.type === 'webhook.reset');
  expect(reset).toHaveLength(1);
  expect(reset[0]?.json.data.message).toMatch(/^Events before \S+ are no longer kept/);
});
