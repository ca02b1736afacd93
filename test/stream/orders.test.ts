import { encodeCursor } from '../../src/events';
import { administrator } from '../support/administrator';
import { people } from '../support/back-office';
import { ALPINE, CONTOSO, MANAGER, RESELLER, STORAGE } from '../support/demo';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { Listener, numbered, seqOf } from '../support/streams';
import { until } from '../support/until';

jest.setTimeout(60_000);

const ORDERS = `subscription ($orderId: ID, $after: StreamCursor) {
  orderUpdates(orderId: $orderId, after: $after) { __typename
    ... on OrderSnapshot { cursor truncated orders { id state total { amount } } }
    ... on OrderUpdate { cursor type occurredAt order { id state total { amount } } }
    ... on StreamReset { cursor reason } } }`;
const SUBSCRIPTIONS = `subscription ($subscriptionId: ID, $after: StreamCursor) {
  subscriptionUpdates(subscriptionId: $subscriptionId, after: $after) { __typename
    ... on CloudSubscriptionSnapshot { cursor truncated subscriptions { id state } }
    ... on CloudSubscriptionUpdate { cursor type occurredAt subscription { id state cancellationRequest { state } } }
    ... on StreamReset { cursor reason } } }`;
const BUYER = 'buyer@contoso.example';

let gateway: TestGateway;
let who: ReturnType<typeof people>;
let open: Listener[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  who = people(gateway);
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());
afterEach(async () => {
  await Promise.all(open.map(one => one.stop()));
  open = [];
});

async function listen(email: string, query: string, variables: object = {}, url = gateway.url) {
  const one = new Listener(url, await gateway.token(email), query, { ...variables });
  open.push(one);
  return one;
}

/** Numbers and types of the events of the log with these prefixes, after `seq`. */
async function logged(pattern: string, seq = 0) {
  await gateway.settled();
  await numbered(gateway);
  return gateway.rows<{ seq: number; type: string }>(
    `SELECT seq, type FROM events WHERE seq > ? AND type REGEXP ? ORDER BY seq`,
    [seq, pattern],
  );
}
const updatesOf = ({ messages }: Listener) =>
  messages
    .filter(({ __typename }) => __typename.endsWith('Update'))
    .map(({ cursor, type }) => ({ seq: seqOf(cursor), type }));

test('orderUpdates: the unfinished orders, then every change exactly once, and a replay of all of it', async () => {
  const finished = await who.manager.provisioned(CONTOSO, STORAGE);
  const submitted = await who.manager.placed(ALPINE, STORAGE);
  const live = await (await listen(MANAGER, ORDERS)).has(1);
  expect(live.messages[0]).toMatchObject({
    __typename: 'OrderSnapshot',
    truncated: false,
    orders: [{ id: submitted.id, state: 'SUBMITTED' }],
  });
  const start = seqOf(live.cursor ?? '');
  await who.manager.execute({ orderId: submitted.id });
  const events = await logged('^order\\.', start);
  expect(events.map(({ type }) => type)).toEqual(['order.executing', 'order.completed']);
  await live.has(3);
  expect(updatesOf(live)).toEqual(events);
  expect(live.messages[2]).toMatchObject({ order: { id: submitted.id, state: 'COMPLETED' } });
  const all = await logged('^order\\.');
  const replay = await listen(MANAGER, ORDERS, { after: encodeCursor({ seq: 0 }, ['order', null]) });
  await replay.has(all.length);
  expect(updatesOf(replay)).toEqual(all);
  const one = await (await listen(MANAGER, ORDERS, { orderId: finished.id })).has(1);
  expect(one.messages[0]).toMatchObject({
    orders: [{ id: finished.id, state: 'COMPLETED' }],
    truncated: false,
  });
});

test('subscriptionUpdates: changes of a subscription and of its cancellation request', async () => {
  const id = await who.manager.liveSubscription(CONTOSO);
  const live = await (await listen(BUYER, SUBSCRIPTIONS)).has(1);
  expect(live.messages[0]).toMatchObject({ subscriptions: [], truncated: false });
  const start = seqOf(live.cursor ?? '');
  const request = await who.otherBuyer.requested(id);
  const next = await (await listen(BUYER, SUBSCRIPTIONS)).has(1);
  expect(next.messages[0]?.subscriptions).toEqual([{ id, state: 'ACTIVE' }]);
  await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' });
  const events = await logged('^(subscription|cancellation)\\.', start);
  expect(events.map(({ type }) => type)).toContain('subscription.cancelled');
  await live.has(1 + events.length);
  expect(updatesOf(live)).toEqual(events);
  expect(live.messages.at(-1)?.subscription).toMatchObject({ id, state: 'CANCELLED' });
  const after = live.messages[1]?.cursor;
  const resumed = await (await listen(BUYER, SUBSCRIPTIONS, { after })).has(events.length - 1);
  expect(updatesOf(resumed)).toEqual(events.slice(1));
});

test('nobody sees the changes of others', async () => {
  const order = await who.manager.placed(CONTOSO, STORAGE);
  const stranger = await (await listen(RESELLER, ORDERS)).has(1);
  const buyer = await (await listen(BUYER, ORDERS)).has(1);
  await who.manager.execute({ orderId: order.id });
  await gateway.settled();
  await buyer.has(3);
  const own = await who.manager.placed(ALPINE, STORAGE);
  await stranger.has(2);
  expect(stranger.messages[0]?.orders).toEqual([]);
  expect(stranger.messages.slice(1).map(message => message.order.id)).toEqual([own.id]);
  const subscriptionId = (await who.manager.seeOrder(order.id)).lines[0].subscription.id;
  for (const [query, variables] of [
    [ORDERS, { orderId: order.id }],
    [SUBSCRIPTIONS, { subscriptionId }],
  ] as const) {
    const refused = await listen(RESELLER, query, variables);
    await until(() => refused.errors.length > 0);
    expect([refused.errors, refused.messages]).toEqual([['NOT_FOUND'], []]);
  }
});

test('an end customer gets the changes without amounts, its reseller gets them with amounts', async () => {
  const email = 'ada@alpine.example';
  await administrator(gateway).does('createUser', {
    ...{ accountId: ALPINE, name: 'Ada', email, roles: ['CUSTOMER'] },
  });
  const amounts = SUBSCRIPTIONS.replaceAll('id state', 'id state recurringTotal { amount }');
  const readers = await Promise.all(
    [email, RESELLER].flatMap(one => [listen(one, ORDERS), listen(one, amounts)]),
  );
  await Promise.all(readers.map(reader => reader.has(1)));
  const { order } = await who.reseller.order(STORAGE, ALPINE);
  await gateway.settled();
  const [orders, subscriptions, ownOrders, ownSubscriptions] = readers.map(({ messages }) => messages);
  await until(
    () => orders?.at(-1)?.order?.state === 'COMPLETED' && ownOrders?.at(-1)?.order?.state === 'COMPLETED',
  );
  await until(() =>
    [subscriptions, ownSubscriptions].every(all => all?.at(-1)?.subscription?.state === 'ACTIVE'),
  );
  expect(orders?.at(-1)).toMatchObject({ order: { id: order.id, total: null } });
  expect(subscriptions?.at(-1)).toMatchObject({ subscription: { recurringTotal: null } });
  const { amount } = order.total;
  expect(ownOrders?.at(-1)).toMatchObject({ order: { id: order.id, total: { amount } } });
  expect(ownSubscriptions?.at(-1)?.subscription.recurringTotal).toEqual({ amount });
});

test('a snapshot has the newest 500, and says that there are more', async () => {
  const order = await who.manager.placed(CONTOSO, STORAGE);
  await gateway.rows(
    `INSERT INTO orders (id, version, source, state, recipientId, placedById, billing, currency, totalMinor, placedAt)
     WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 500)
     SELECT CONCAT('ord_', LPAD(n, 26, '0')), 1, source, 'SUBMITTED', recipientId, placedById, billing, currency,
       totalMinor, placedAt FROM orders, numbers WHERE id = ?`,
    [order.id],
  );
  const { messages } = await (await listen(BUYER, ORDERS)).has(1);
  const [snapshot] = messages;
  expect([snapshot?.truncated, snapshot?.orders.length, snapshot?.orders[0].id]).toEqual([
    true,
    500,
    order.id,
  ]);
});

test('an expired cursor gets a reset and a snapshot', async () => {
  const order = await who.manager.placed(CONTOSO, STORAGE);
  await numbered(gateway);
  await gateway.rows('DELETE FROM events WHERE seq < (SELECT last FROM sequencer)');
  const fresh = await startOn(gateway.settings);
  try {
    const after = encodeCursor({ seq: 1 }, ['order', null]);
    const { messages } = await (await listen(BUYER, ORDERS, { after }, fresh.url)).has(2);
    expect(messages).toMatchObject([
      { __typename: 'StreamReset', reason: 'CURSOR_EXPIRED' },
      { __typename: 'OrderSnapshot', orders: [{ id: order.id }] },
    ]);
  } finally {
    await Promise.all(open.map(one => one.stop()));
    await fresh.stop();
  }
});
