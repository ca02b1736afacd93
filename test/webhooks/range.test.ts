import { encodeCursor, LOG_KEY } from '../../src/events';
import { people } from '../support/back-office';
import { NORTHWIND, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type Received, type Receiver, startReceiver } from '../support/receiver';
import { seqOf } from '../support/streams';
import { writingNothing } from '../support/tables';
import { allDelivered, deletedAreGone, webhooksOf } from '../support/webhooks';

const webhooks = {
  retries: { firstMs: 10, maxMs: 40, maxAttempts: 200, totalMs: 120_000 },
  limits: { slots: 4, failureThreshold: 1000, openMs: 50 },
};

let gateway: TestGateway;
let receiver: Receiver;
let owner: ReturnType<typeof webhooksOf>;
beforeAll(async () => {
  gateway = await startTestGateway({ webhooks });
  owner = webhooksOf(gateway, 'buyer@northwind.example');
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { id } of await owner.list()) await owner.remove(id);
  await deletedAreGone(gateway);
  await receiver.stop();
});

const seqs = (messages: readonly Received[]) =>
  messages.map(({ json }) => seqOf(json.data.cursor)).sort(byNumber);
const byNumber = (one: number, other: number) => one - other;

/** Orders that are placed and cancelled: two events each. */
async function placeOrders(count: number): Promise<void> {
  const { manager } = people(gateway);
  for (let nth = 0; nth < count; nth += 1) {
    const { id } = await manager.placed(NORTHWIND, STORAGE);
    await manager.cancelOrder({ orderId: id });
  }
}

/** A webhook that has got `count` orders, with their messages in the order of the log. */
async function withOrders(count: number, eventTypes = ['order.*']) {
  const { webhook } = await owner.create({ url: receiver.url, eventTypes });
  await placeOrders(count);
  await allDelivered(gateway, webhook.id);
  const messages = receiver.requests
    .splice(0)
    .sort((a, b) => seqOf(a.json.data.cursor) - seqOf(b.json.data.cursor));
  expect(messages).toHaveLength(count * 2);
  const cursors = messages.map(({ json }) => json.data.cursor as string);
  return { id: webhook.id as string, messages, cursors };
}

test('a range ends with the event of `until`, and no other event is sent again', async () => {
  const { id, messages, cursors } = await withOrders(5);
  const { errors } = await owner.redeliverSince({ webhookId: id, after: cursors[1], until: cursors[6] });
  expect(errors).toEqual([]);
  await allDelivered(gateway, id);
  expect(seqs(receiver.requests)).toEqual(seqs(messages.slice(2, 7)));
  const again = new Set(receiver.requests.map(message => message.id));
  expect(again).toEqual(new Set(messages.slice(2, 7).map(message => message.id)));

  receiver.requests.splice(0);
  await placeOrders(1);
  await allDelivered(gateway, id);
  expect(receiver.requests).toHaveLength(2);
});

test('a range of more pages than one is sent whole', async () => {
  const { id, messages, cursors } = await withOrders(1);
  await gateway.rows(
    `INSERT INTO events (type, message, userId, accountId, data, occurredAt)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
     SELECT 'basket.changed', 'filler', NULL, ?, '{}', NOW(3) FROM n`,
    [NORTHWIND],
  );
  await placeOrders(1);
  await allDelivered(gateway, id);
  const later = receiver.requests.splice(0);
  expect(later).toHaveLength(2);
  const until = later.map(({ json }) => json.data.cursor).sort()[0];
  expect((await owner.redeliverSince({ webhookId: id, after: cursors[0], until })).errors).toEqual([]);
  await allDelivered(gateway, id);
  expect(seqs(receiver.requests)).toEqual([...seqs(messages.slice(1)), seqOf(until)]);
});

test('the types that the webhook selects hold for a range too', async () => {
  const { id, cursors } = await withOrders(2);
  await owner.update({ webhookId: id, eventTypes: ['order.cancelled'] });
  await owner.redeliverSince({ webhookId: id, after: cursors[0], until: cursors[3] });
  await allDelivered(gateway, id);
  expect(receiver.requests.map(({ json }) => json.type)).toEqual(['order.cancelled', 'order.cancelled']);
});

test('what is left of a range when the webhook is disabled is sent when it is enabled', async () => {
  const { id, messages, cursors } = await withOrders(2);
  await owner.update({ webhookId: id, state: 'DISABLED' });
  const [from, until] = [cursors[0], cursors[2]].map(cursor => seqOf(cursor ?? ''));
  await gateway.rows('UPDATE webhooks SET replayFrom = ?, replayUntil = ? WHERE id = ?', [from, until, id]);
  await owner.update({ webhookId: id, state: 'ENABLED' });
  await allDelivered(gateway, id);
  expect(seqs(receiver.requests)).toEqual(seqs(messages.slice(1, 3)));
});

test.each<[string, (cursors: string[]) => object, string]>([
  ['`until` before `after`', ([one, two]) => ({ after: two, until: one }), 'INVALID_INPUT until'],
  ['`until` that is `after`', ([one]) => ({ after: one, until: one }), 'INVALID_INPUT until'],
  ['an `until` that is no cursor', ([one]) => ({ after: one, until: 'nonsense' }), 'INVALID_INPUT until'],
  [
    'an `until` of the future',
    ([one]) => ({ after: one, until: encodeCursor({ seq: 10 ** 9 }, LOG_KEY) }),
    'INVALID_INPUT until',
  ],
  [
    'an `until` of a stream with a filter',
    ([one]) => ({ after: one, until: encodeCursor({ seq: 1 }, ['provisioning', 'ord_x', null]) }),
    'INVALID_INPUT until',
  ],
])('%s is refused with its path, and writes nothing', async (_, input, error) => {
  const { id, cursors } = await withOrders(1);
  const refused = await writingNothing(gateway, () =>
    owner.redeliverSince({ webhookId: id, ...input(cursors) }),
  );
  expect(codesWithPaths(refused)).toEqual([error]);
});

test('a second range is refused while the first one is queued', async () => {
  const { id, cursors } = await withOrders(1);
  // Ahead of what this process has read, so it stays.
  await gateway.rows('UPDATE webhooks SET replayFrom = 1, replayUntil = 1000000000 WHERE id = ?', [id]);
  const input = { webhookId: id, after: cursors[0], until: cursors[1] };
  const refused = await writingNothing(gateway, () => owner.redeliverSince(input));
  expect(codesWithPaths(refused)).toEqual(['INVALID_STATE webhookId']);
});
