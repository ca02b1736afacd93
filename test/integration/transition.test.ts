import { accountId, userId } from '../../dev/demo-data';
import { CloudSubscription, CloudSubscriptionState, Order, OrderState, SyncState } from '../../src/entities';
import type { NewEvent } from '../../src/events';
import { advance, transition, tryTransition } from '../../src/store';
import { writeAdvanced } from '../../src/store/advance';
import { transitionAll } from '../../src/store/transition';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { orderBackups } from '../support/streams';
import { writingNothing } from '../support/tables';

let gateway: TestGateway;
let orderId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  orderId = await orderBackups(gateway, { lines: 2 });
  await gateway.settled();
});
afterAll(() => gateway.stop());

const { EXECUTING, FAILED, COMPLETED } = OrderState;
const about = { accountId: accountId('Contoso'), userId: userId('manager@bss.example') };
const event: NewEvent = { type: 'order.executing', message: 'It moved.', ...about };

const read = async () => {
  const [order] = await gateway.rows('SELECT state, version FROM orders WHERE id = ?', [orderId]);
  const [moved] = await gateway.rows('SELECT COUNT(*) AS n FROM events WHERE message = ?', [event.message]);
  return [order?.state, order?.version, moved?.n];
};

test('a row in a state without that transition fails the transaction, and nothing is written', async () => {
  const { db } = gateway.app.deps;
  await writingNothing(gateway, async () => {
    const moving = db.transaction(async tx => {
      await tx.execute('UPDATE orders SET cancelReason = ? WHERE id = ?', ['rolled back', orderId]);
      await transition(tx, Order, orderId, { state: EXECUTING }, { event });
    });
    await expect(moving).rejects.toThrow(`Order ${orderId} cannot move to EXECUTING`);
  });
});

test('a caller that expects the failure gets a result, and no event is recorded', async () => {
  const { db } = gateway.app.deps;
  await writingNothing(gateway, async () => {
    expect(await db.transaction(tx => tryTransition(tx, Order, orderId, { state: FAILED }, { event }))).toBe(
      false,
    );
  });
});

test('a transition increments the version and records its event, in one transaction', async () => {
  const { db } = gateway.app.deps;
  await gateway.rows('UPDATE orders SET state = ? WHERE id = ?', [EXECUTING, orderId]);
  const [, version] = await read();
  await db.transaction(tx => transition(tx, Order, orderId, { state: COMPLETED }, { event }));
  expect(await read()).toEqual([COMPLETED, version + 1, 1]);
});

test('a transition without a state throws', async () => {
  const { db } = gateway.app.deps;
  const moving = db.transaction(tx => transition(tx, Order, orderId, { cancelReason: 'x' }));
  await expect(moving).rejects.toThrow('The move has no state of Order');
});

test('two states of a row change together or not at all', async () => {
  const { db } = gateway.app.deps;
  const [row] = await gateway.rows('SELECT id FROM subscriptions LIMIT 1');
  const both = { syncState: SyncState.PENDING, state: CloudSubscriptionState.PENDING };
  await writingNothing(gateway, async () => {
    const moving = db.transaction(tx => transition(tx, CloudSubscription, row?.id, both));
    await expect(moving).rejects.toThrow('cannot move to PENDING and PENDING');
  });
});

test('of many rows, those in a matching state change, in one statement', async () => {
  const { db } = gateway.app.deps;
  const [first] = await gateway.rows('SELECT id FROM subscriptions ORDER BY id');
  await gateway.rows(`UPDATE subscriptions SET syncState = 'PENDING' WHERE id = ?`, [first?.id]);
  const moved = await db.transaction(tx =>
    transitionAll(
      tx,
      CloudSubscription,
      { syncState: SyncState.PENDING },
      { sql: 't.orderId = ?', values: [orderId] },
    ),
  );
  expect(moved).toBe(1);
});

test('rows that were advanced in memory are written only if they are unchanged since the read', async () => {
  const { db } = gateway.app.deps;
  const how = { key: ['id'], columns: ['syncState'], unchanged: ['version'] } as const;
  const rows = await db.many(CloudSubscription, 'WHERE t.orderId = ? ORDER BY t.id', [orderId]);
  expect(rows.map(({ syncState }) => syncState)).toEqual(['PENDING', 'PENDING']);
  const write = () =>
    db.transaction(async tx => {
      const failed = rows.map(row => advance(tx, CloudSubscription, row, { syncState: SyncState.FAILED }));
      // Through a state in between, which is never written.
      const pending = failed.map(row =>
        advance(tx, CloudSubscription, row, { syncState: SyncState.PENDING }),
      );
      const synced = pending.map(row => advance(tx, CloudSubscription, row, { syncState: SyncState.SYNCED }));
      return writeAdvanced(tx, CloudSubscription, synced, how);
    });
  expect(await write()).toBe(true);
  const states = await gateway.rows('SELECT syncState FROM subscriptions WHERE orderId = ?', [orderId]);
  expect(states).toEqual([{ syncState: 'SYNCED' }, { syncState: 'SYNCED' }]);
  expect(await write()).toBe(false);
  const [row] = rows;
  const backwards = db.transaction(async tx =>
    advance(tx, CloudSubscription, row as CloudSubscription, { syncState: SyncState.UNSYNCED }),
  );
  await expect(backwards).rejects.toThrow('CloudSubscription cannot move from PENDING to UNSYNCED');
});
