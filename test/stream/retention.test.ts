import type { App } from '../../src/app';
import { encodeCursor, removeOldEvents } from '../../src/events';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { CANCELLATIONS, Listener, lastSeq, numbered, orderBackups, PROVISIONING } from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';

let gateway: TestGateway;
let operationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  await orderBackups(gateway, { lines: 2 });
  await gateway.settled();
  const [operation] = await gateway.rows('SELECT id FROM operations LIMIT 1');
  operationId = operation?.id;
});
afterAll(() => gateway.stop());

const remove = async (app: App) => {
  while ((await removeOldEvents(app.deps.db, 30)).more);
};
const messages = async () =>
  (await gateway.rows('SELECT message FROM events ORDER BY id')).map(({ message }) => message);

test('events are removed up to the first young one, and unnumbered ones never', async () => {
  for (let count = 0; count < 3; count += 1) {
    await tell(
      gateway.app,
      operationId,
      Array.from({ length: 400 }, (_, index) => `old ${index}`),
    );
  }
  await numbered(gateway);
  const last = await lastSeq(gateway);
  await gateway.rows('UPDATE events SET occurredAt = occurredAt - INTERVAL 40 DAY');
  await tell(gateway.app, operationId, ['young']);
  await until(async () => (await lastSeq(gateway)) === last + 1);
  await tell(gateway.app, operationId, ['old behind young']);
  await until(async () => (await lastSeq(gateway)) === last + 2);
  await gateway.rows(
    `UPDATE events SET occurredAt = occurredAt - INTERVAL 40 DAY WHERE message LIKE 'old behind%'`,
  );
  // Whoever holds the sequencer's row keeps all others from numbering.
  await gateway.rows('START TRANSACTION');
  await gateway.rows('SELECT last FROM sequencer WHERE id = 1 FOR UPDATE');
  const unnumbered = tell(gateway.app, operationId, ['unnumbered']);
  await unnumbered;
  await gateway.app.deps.db.execute(
    `UPDATE events SET occurredAt = occurredAt - INTERVAL 40 DAY WHERE message = 'unnumbered'`,
  );
  await remove(gateway.app);
  expect(await gateway.app.deps.db.rows('SELECT message FROM events ORDER BY id')).toEqual([
    { message: 'young' },
    { message: 'old behind young' },
    { message: 'unnumbered' },
  ]);
  await gateway.rows('COMMIT');
  await until(async () => (await lastSeq(gateway)) === last + 3);
  await gateway.rows(`UPDATE events SET occurredAt = occurredAt - INTERVAL 40 DAY WHERE message = 'young'`);
  await remove(gateway.app);
  expect(await messages()).toEqual([]);
  await tell(gateway.app, operationId, ['after all']);
  await until(async () => (await lastSeq(gateway)) === last + 4);
});

test('a cursor older than the retention gets a reset and a snapshot, or an error without reset support', async () => {
  const token = await gateway.token('buyer@northwind.example');
  const fresh = await startOn(gateway.settings);
  try {
    const after = encodeCursor({ seq: 2 }, ['provisioning', null, null]);
    const reader = await new Listener(fresh.url, token, PROVISIONING, { after }).has(2);
    const [reset, snapshot] = reader.messages;
    expect([reset?.__typename, reset?.reason]).toEqual(['StreamReset', 'CURSOR_EXPIRED']);
    expect(snapshot?.__typename).toBe('ProvisioningSnapshot');
    const cut = await new Listener(fresh.url, token, PROVISIONING, { after: reset?.cursor }).has(2);
    expect(cut.messages.map(({ __typename }) => __typename)).toEqual(['StreamReset', 'ProvisioningSnapshot']);
    await cut.stop();
    const back = new Listener(fresh.url, token, PROVISIONING, { after: snapshot?.cursor });
    await tell(gateway.app, operationId, ['and on']);
    await reader.has(3);
    await back.has(1);
    expect([reader.messages[2]?.message, back.messages[0]?.message]).toEqual(['and on', 'and on']);
    await back.stop();
    await reader.stop();

    const cancellations = new Listener(fresh.url, token, CANCELLATIONS, {
      after: encodeCursor({ seq: 2 }, ['cancellation']),
    });
    await cancellations.has(2);
    expect(cancellations.messages).toMatchObject([
      { __typename: 'StreamReset', reason: 'CURSOR_EXPIRED' },
      { __typename: 'CancellationSnapshot', truncated: false },
    ]);
    await cancellations.stop();
  } finally {
    await fresh.stop();
  }
});
