import { lastOperation, license, more, newAccount } from '../support/desk';
import { startOn } from '../support/gateway';
import { doing } from '../support/provider/simulator';
import { startReconciling, unverifiable } from '../support/reconciling';
import { until } from '../support/until';

type Reconciling = Awaited<ReturnType<typeof startReconciling>>;
let gateway: Reconciling['gateway'];
let provider: Reconciling['provider'];
let manager: Reconciling['manager'];
let run: Reconciling['run'];
let ordered: Reconciling['ordered'];
let atBroker: Reconciling['atBroker'];
let told: Reconciling['told'];
let failed: Reconciling['failed'];
let syncState: Reconciling['syncState'];
beforeAll(async () => {
  ({ gateway, provider, manager, run, ordered, atBroker, told, failed, syncState } =
    await startReconciling());
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

test('ordered, extended and cancelled subscriptions show no drift at either provider', async () => {
  const backup = await ordered('Agreed backup', 'CB-SERVER');
  await ordered('Agreed storage', 'IC-BASE-1TB');
  const ended = await ordered('Agreed end', 'IC-BASE-1TB');
  await manager.cancel(ended);
  await gateway.settled();
  const nothing = { unanswered: 0, drifts: [], pushed: 0, complete: true };
  expect(await run('open-service-broker')).toEqual({
    ...nothing,
    provider: 'open-service-broker',
    checked: 1,
    unverifiable: unverifiable(),
  });
  expect(await run('impossible-cloud')).toEqual({
    ...nothing,
    provider: 'impossible-cloud',
    checked: 2,
    unverifiable: unverifiable(1),
  });
  expect(await told(backup)).toEqual([]);
});

describe('a subscription with drift', () => {
  test('in its add-ons is set to the purchased quantities', async () => {
    const id = await ordered('Other add-ons', 'CB-SERVER');
    await provider.setFaults(doing('answer', { workMs: 0, endpoint: 'broker/update' }));
    await atBroker('PATCH', id, { 'CB-ARCHIVE-100GB': 9 });
    const report = await run('open-service-broker');
    expect(report?.drifts).toEqual([
      { subscriptionId: id, difference: 'ADDONS_DIFFER', outcome: 'repairing' },
    ]);
    await gateway.settled();
    expect((await provider.effectsOf(id)).slice(1)).toEqual([
      'addon.set CB-ARCHIVE-100GB=2 x2',
      'addon.set CB-ARCHIVE-100GB=9 x1',
    ]);
    const { kind, state } = await lastOperation(gateway.rows, id);
    expect([kind, state]).toEqual(['ADD_ADDONS', 'SUCCEEDED']);
    expect(
      await gateway.rows('SELECT state, syncState, capacityBytes FROM subscriptions WHERE id = ?', [id]),
    ).toEqual([{ state: 'ACTIVE', syncState: 'SYNCED', capacityBytes: 1_200_000_000_000 }]);
    expect(await told(id)).toEqual([
      { message: 'Other add-ons has other add-ons at the provider.', userId: null },
    ]);
    expect((await run('open-service-broker'))?.drifts).toEqual([]);
  });

  test('that survived its cancellation at the provider is deleted there again', async () => {
    const id = await ordered('Orphan', 'CB-SERVER');
    await manager.cancel(id);
    await gateway.settled();
    await provider.setFaults(doing('answer', { workMs: 0, endpoint: 'broker/provision' }));
    await atBroker('PUT', id);
    const before = await gateway.rows('SELECT state, cancelledAt FROM subscriptions WHERE id = ?', [id]);
    const report = await run('open-service-broker');
    expect(report?.drifts).toEqual([{ subscriptionId: id, difference: 'ORPHANED', outcome: 'repairing' }]);
    await gateway.settled();
    expect(await provider.effectsOf(id)).toContain('subscription.cancelled CB-SERVER x2');
    expect(await gateway.rows('SELECT state, cancelledAt FROM subscriptions WHERE id = ?', [id])).toEqual(
      before,
    );
    expect((await run('open-service-broker'))?.drifts).toEqual([]);
  });

  test('that the provider deleted is reported, not repaired', async () => {
    const id = await ordered('Missing', 'CB-SERVER');
    await provider.setFaults(doing('answer', { workMs: 0, endpoint: 'broker/deprovision' }));
    await atBroker('DELETE', id);
    const report = await run('open-service-broker');
    expect(report?.drifts).toEqual([{ subscriptionId: id, difference: 'MISSING', outcome: 'reported' }]);
    expect(await gateway.rows('SELECT COUNT(*) AS n FROM operations WHERE subscriptionId = ?', [id])).toEqual(
      [{ n: 1 }],
    );
    expect(await told(id)).toHaveLength(1);
  });

  test('is only reported by a run without repair', async () => {
    const id = await ordered('Looked at', 'CB-SERVER');
    await provider.setFaults(doing('answer', { workMs: 0, endpoint: 'broker/update' }));
    await atBroker('PATCH', id, {});
    const report = await run('open-service-broker', { repair: false });
    expect(report?.drifts).toEqual([
      { subscriptionId: id, difference: 'ADDONS_DIFFER', outcome: 'reported' },
    ]);
    expect(await gateway.rows('SELECT COUNT(*) AS n FROM operations WHERE subscriptionId = ?', [id])).toEqual(
      [{ n: 1 }],
    );
  });
});

test('a subscription with an open operation is neither queried nor repaired', async () => {
  await provider.setFaults(doing('answer', { workMs: 300, endpoint: 'broker/provision' }));
  const customer = await newAccount(gateway.rows, 'Under way');
  await manager.order(customer.id, license('Under way', {}, 'CB-SERVER'));
  await until(async () => ((await provider.ledger()).calls['broker/last_operation'] ?? 0) > 0);
  expect(await run('open-service-broker')).toMatchObject({ checked: 0, drifts: [] });
  expect((await provider.ledger()).calls['broker/fetch']).toBeUndefined();
});

test('an operation that begins during the query prevents the repair', async () => {
  const id = await ordered('Meanwhile', 'CB-SERVER');
  await provider.setFaults([
    doing('answer', { workMs: 0, endpoint: 'broker/update' }),
    doing('answer', { delayMs: 300, endpoint: 'broker/fetch' }),
  ]);
  await atBroker('PATCH', id, {});
  const running = run('open-service-broker');
  await until(async () => (await provider.ledger()).calls['broker/fetch'] === 1);
  await manager.cancel(id);
  expect((await running)?.drifts).toEqual([]);
  await gateway.settled();
  expect(await told(id)).toEqual([]);
});

test('of eight processes one reconciles, and reports each drift once', async () => {
  const id = await ordered('Once', 'CB-SERVER');
  await provider.setFaults(doing('answer', { workMs: 0, endpoint: 'broker/deprovision' }));
  await atBroker('DELETE', id);
  const reports = await Promise.all(Array.from({ length: 8 }, () => run('open-service-broker')));
  expect(reports.filter(report => report !== undefined)).toHaveLength(1);
  expect(await told(id)).toHaveLength(1);
});

test('reconciliation is due once per period, in any process', async () => {
  await run('open-service-broker');
  expect(await run('open-service-broker', { now: false })).toBeUndefined();
  await gateway.rows(`UPDATE chores SET dueAt = NOW(3) WHERE name = 'reconcile open-service-broker'`);
  expect(await run('open-service-broker', { now: false })).toBeDefined();
});

test('a provider that does not answer causes no repair, and is queried again earlier', async () => {
  for (let n = 1; n <= 14; n += 1) await ordered(`Silent ${n}`, 'CB-SERVER');
  await provider.setFaults(doing('status', { endpoint: 'broker/fetch', times: null }));
  const report = await run('open-service-broker');
  expect(report).toMatchObject({ checked: 0, drifts: [], complete: false });
  // Ten in a row, and those that were out meanwhile.
  expect([10, 11, 12, 13]).toContain(report?.unanswered);
  const [row] = await gateway.rows(
    `SELECT TIMESTAMPDIFF(MINUTE, NOW(3), dueAt) < 20 AS soon FROM chores WHERE name = 'reconcile open-service-broker'`,
  );
  expect(row?.soon).toBe(1);
});

test('a gateway reconciles every provider when it is due', async () => {
  await run('open-service-broker');
  await run('impossible-cloud');
  const count = async () =>
    (await gateway.rows(`SELECT COUNT(*) AS n FROM events WHERE type = 'provider.reconciled'`))[0]
      ?.n as number;
  const before = await count();
  await gateway.rows(`UPDATE chores SET dueAt = NOW(3) WHERE name LIKE 'reconcile %'`);
  const second = await startOn({ ...gateway.settings, migrate: false });
  await until(async () => (await count()) === before + 2);
  await second.stop();
  const due = await gateway.rows(`SELECT name FROM chores WHERE name LIKE 'reconcile %' AND dueAt < NOW(3)`);
  expect(due).toEqual([]);
});

describe('after an operation that was abandoned', () => {
  test('a cancellation that the provider has carried out is named', async () => {
    const id = await ordered('Ended there', 'IC-BASE-1TB');
    await provider.setFaults(doing('resetAfter', { endpoint: 'subscriptions/cancel', times: 8 }));
    await manager.cancel(id);
    const operationId = await failed(id);
    // While a person can still retry it, the difference is explained.
    expect(await run('impossible-cloud')).toMatchObject({ checked: 0, drifts: [] });
    expect((await manager.abandon(operationId)).undo).toBeNull();
    expect(await syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'FAILED' });
    expect((await run('impossible-cloud'))?.drifts).toEqual([
      { subscriptionId: id, difference: 'MISSING', outcome: 'reported' },
    ]);
  });

  test('a license whose UNDO was abandoned is named, and cancelled at the provider', async () => {
    const customer = await newAccount(gateway.rows, 'Not settled');
    await provider.setFaults([
      doing('resetAfter', { endpoint: 'subscriptions/create', checkOnly: false, times: 8 }),
      doing('refuse', { endpoint: 'subscriptions/cancel' }),
    ]);
    const { subscriptionId: id } = await manager.order(customer.id, license('Not settled'));
    await manager.abandon(await failed(id));
    await manager.abandon(await failed(id));
    expect(await syncState(id)).toEqual({ state: 'CANCELLED', syncState: 'FAILED' });
    expect((await run('impossible-cloud'))?.drifts).toEqual([
      { subscriptionId: id, difference: 'ORPHANED', outcome: 'repairing' },
    ]);
    await gateway.settled();
    expect(await syncState(id)).toEqual({ state: 'CANCELLED', syncState: 'SYNCED' });
  });

  test('add-ons whose UNDO was abandoned are named, and set to those that are held', async () => {
    const id = await ordered('Not restored', 'CB-SERVER');
    await provider.setFaults(doing('resetAfter', { endpoint: 'broker/update', workMs: 0, times: 8 }));
    const account = (await gateway.rows('SELECT accountId FROM subscriptions WHERE id = ?', [id]))[0];
    await manager.order(account?.accountId, more(id, { 'CB-ARCHIVE-100GB': 3 }));
    const operationId = await failed(id);
    await provider.setFaults(doing('refuse', { endpoint: 'broker/update' }));
    await manager.abandon(operationId);
    await manager.abandon(await failed(id));
    expect(await syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'FAILED' });
    expect((await run('open-service-broker'))?.drifts).toEqual([
      { subscriptionId: id, difference: 'ADDONS_DIFFER', outcome: 'repairing' },
    ]);
    await gateway.settled();
    expect(await syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'SYNCED' });
    expect((await provider.holding(id))?.addons).toEqual({ 'CB-ARCHIVE-100GB': 2 });
  });

  test('a repair has no UNDO; the difference is found again', async () => {
    const id = await ordered('Repaired later', 'CB-SERVER');
    await provider.setFaults([
      doing('answer', { workMs: 0, endpoint: 'broker/update' }),
      doing('refuse', { endpoint: 'broker/update' }),
    ]);
    await atBroker('PATCH', id, { 'CB-ARCHIVE-100GB': 9 });
    const drifts = [{ subscriptionId: id, difference: 'ADDONS_DIFFER', outcome: 'repairing' }];
    expect((await run('open-service-broker'))?.drifts).toEqual(drifts);
    const operationId = await failed(id);
    expect((await run('open-service-broker'))?.drifts).toEqual([]);
    expect((await manager.abandon(operationId)).undo).toBeNull();
    expect(await syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'FAILED' });
    expect((await run('open-service-broker'))?.drifts).toEqual(drifts);
    await gateway.settled();
    expect(await syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'SYNCED' });
  });
});
