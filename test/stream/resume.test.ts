import { accountId } from '../../dev/demo-data';
import { encodeCursor } from '../../src/events';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import {
  CANCELLATIONS,
  Listener,
  lastSeq,
  loggedSeqs,
  numbered,
  orderBackups,
  PROVISIONING,
  seqOf,
} from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';

let gateway: TestGateway;
let token: string;
let orderId: string;
let operationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  token = await gateway.token('buyer@northwind.example');
  orderId = await orderBackups(gateway, { lines: 3 });
  await gateway.settled();
  await numbered(gateway);
  const [operation] = await gateway.rows('SELECT id FROM operations LIMIT 1');
  operationId = operation?.id;
});
afterAll(() => gateway.stop());

const listen = (query: string, variables = {}) => new Listener(gateway.url, token, query, variables);
const CANCEL = `mutation ($input: RequestCancellationInput!) {
  requestCancellation(input: $input) { cancellationRequest { id } errors { message } } }`;
const cursorAt = (seq: number) => encodeCursor({ seq }, ['provisioning', null, null]);

test('without a cursor a stream sends a snapshot, then new messages', async () => {
  const listener = await listen(PROVISIONING, { orderId }).has(1);
  expect(listener.messages[0]?.__typename).toBe('ProvisioningSnapshot');
  expect(listener.messages[0]?.operations.map((one: any) => [one.state, one.progress])).toEqual([
    ['SUCCEEDED', 1],
    ['SUCCEEDED', 1],
    ['SUCCEEDED', 1],
  ]);
  await tell(gateway.app, operationId, ['after the snapshot']);
  await listener.has(2);
  expect(listener.messages[1]?.message).toBe('after the snapshot');
  await listener.stop();
});

test('every cursor resumes with the later messages, then new ones, none twice', async () => {
  const logged = await loggedSeqs(gateway, 0);
  for (const [index, seq] of [0, ...logged].entries()) {
    const missed = logged.slice(index);
    const listener = await listen(PROVISIONING, { after: cursorAt(seq) }).has(missed.length);
    expect(listener.seqs).toEqual(missed);
    await listener.stop();
  }
  const listeners = logged.slice(-5).map(seq => listen(PROVISIONING, { after: cursorAt(seq) }));
  const told = Array.from({ length: 20 }, (_, index) => tell(gateway.app, operationId, [`live ${index}`]));
  await Promise.all(told);
  for (const [index, listener] of listeners.entries()) {
    await listener.has(4 - index + 20);
    expect(listener.seqs).toEqual(await loggedSeqs(gateway, logged.at(index - 5) ?? 0));
    await listener.stop();
  }
});

test.each([
  ['of the future', async () => cursorAt((await lastSeq(gateway)) + 1000)],
  ['of another filter', async () => encodeCursor({ seq: 1 }, ['provisioning', orderId, null])],
  ['of the other stream', async () => encodeCursor({ seq: 1 }, ['cancellation'])],
  ['that is none', async () => 'yesterday'],
])('a cursor %s is rejected', async (_, cursor) => {
  const listener = listen(PROVISIONING, { after: await cursor() });
  await until(() => listener.completed);
  expect(listener.errors).toEqual(['BAD_CURSOR']);
  expect(listener.messages).toEqual([]);
  await listener.stop();
});

test('cancellation messages are the same live and after a resume', async () => {
  const now = encodeCursor({ seq: await lastSeq(gateway) }, ['cancellation']);
  const live = listen(CANCELLATIONS, { after: now });
  const subscriptions = await gateway.rows('SELECT id FROM subscriptions WHERE accountId = ?', [
    accountId('Northwind Traders'),
  ]);
  for (const { id } of subscriptions) {
    const { data } = await gateway.send(token, CANCEL, {
      input: { subscriptionId: id, idempotencyKey: newKey() },
    });
    expect(data.requestCancellation.errors).toEqual([]);
  }
  await gateway.settled();
  await numbered(gateway);
  const rows = await gateway.rows(`SELECT seq FROM events WHERE type LIKE 'cancellation.%' ORDER BY seq`);
  const logged = rows.map(({ seq }) => seq);
  expect(logged).toHaveLength(9);
  await live.has(9);
  expect(live.seqs).toEqual(logged);
  const resumed = await listen(CANCELLATIONS, { after: live.messages[1]?.cursor }).has(7);
  expect(resumed.seqs).toEqual(logged.slice(2));
  expect(resumed.messages.at(-1)?.request.state).toBe('COMPLETED');
  await live.stop();
  await resumed.stop();
});

// It rewinds the log, so it comes last.
test('after a restore from a backup, a cursor whose number belongs to another event is rejected', async () => {
  const live = listen(PROVISIONING, { after: cursorAt(await lastSeq(gateway)) });
  await tell(gateway.app, operationId, ['before', 'lost 1', 'lost 2']);
  await live.has(3);
  const [before, lost] = [live.messages[0]?.cursor, live.messages[1]?.cursor];
  await live.stop();
  await gateway.rows('DELETE FROM events WHERE seq >= ?', [seqOf(lost)]);
  await gateway.rows('UPDATE sequencer SET last = ? WHERE id = 1', [seqOf(before)]);
  // Another process: this one remembers what was lost.
  const restored = await startOn({ ...gateway.settings, migrate: false });
  try {
    const told = new Listener(restored.url, token, PROVISIONING, { after: before });
    await tell(restored, operationId, ['another 1', 'another 2', 'another 3']);
    await told.has(3);
    expect(told.messages.map(({ message }) => message)).toEqual(['another 1', 'another 2', 'another 3']);
    await told.stop();
    const refused = new Listener(restored.url, token, PROVISIONING, { after: lost });
    await until(() => refused.completed);
    expect([refused.errors, refused.messages]).toEqual([['BAD_CURSOR'], []]);
    await refused.stop();
  } finally {
    await restored.stop();
  }
});
