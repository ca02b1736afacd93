import { reconcileDue } from '../../src/provisioning/reconcile/schedule';
import { lastOperation, more } from '../support/desk';
import { CALL } from '../support/provider/client';
import { doing } from '../support/provider/simulator';
import { startReconciling, unverifiable } from '../support/reconciling';

type Reconciling = Awaited<ReturnType<typeof startReconciling>>;
let it: Reconciling;
let manager: Reconciling['manager'];
let provider: Reconciling['provider'];
/** Calls of somebody else at the service manager. */
let storage: any;
beforeAll(async () => {
  it = await startReconciling();
  ({ manager, provider } = it);
  storage = it.gateway.app.deps.providers.get('impossible-cloud');
});
afterAll(() => it.gateway.stop());
beforeEach(() => it.gateway.reset());

const MANAGER = 'impossible-cloud';
const BROKER = 'open-service-broker';
const held = (id: string) => provider.holding(id);
const immediately = () => provider.setFaults(doing('answer', { workMs: 0, endpoint: 'broker/update' }));
const addon = (productId: string, quantity: number) => ({
  productId,
  name: productId,
  quantity,
  held: 0,
  attributes: {},
  change: true,
});
const row = async (id: string) =>
  (
    await it.gateway.rows(
      `SELECT state, productId, capacityBytes, recurringMinor, suspendedAt, suspensionReason
       FROM subscriptions WHERE id = ?`,
      [id],
    )
  )[0];
const SYNCED = { state: 'ACTIVE', syncState: 'SYNCED' };

describe('another product at the provider', () => {
  test.each([
    ['smaller', 'IC-BASE-1TB', 'DOWNGRADE', 'upgraded'],
    ['larger', 'IC-BASE-10TB', 'UPGRADE', 'downgraded'],
  ])('that is %s is changed back to the one that was bought', async (_, other, direction, back) => {
    const id = await it.ordered(`Product ${other}`, 'IC-BASE-5TB');
    const before = await row(id);
    await storage.changeProduct(it.storage(id, other), direction, CALL);
    const report = await it.run(MANAGER);
    expect(report).toMatchObject({
      drifts: [{ subscriptionId: id, difference: 'PRODUCT_DIFFERS', outcome: 'repairing' }],
      unverifiable: unverifiable(1),
    });
    await it.gateway.settled();
    expect(await it.operations(id)).toEqual(['PROVISION SUCCEEDED', 'CHANGE SUCCEEDED']);
    expect(await held(id)).toMatchObject({ productId: 'IC-BASE-5TB', addons: { 'IC-ADD-1TB': 2 } });
    expect((await provider.effectsOf(id)).filter(effect => effect.includes(back))).toEqual([
      `subscription.${back} IC-BASE-5TB x1`,
    ]);
    expect(await row(id)).toEqual(before);
    expect(await it.syncState(id)).toEqual(SYNCED);
    expect(await it.told(id)).toEqual([
      { message: `Product ${other} has another product at the provider.`, userId: null },
    ]);
    expect((await it.run(MANAGER))?.drifts).toEqual([]);
  });

  test('and other add-ons are set by one operation', async () => {
    const id = await it.ordered('Both', 'CB-SERVER');
    const before = await row(id);
    await immediately();
    await it.atBroker('PATCH', id, { 'CB-ARCHIVE-100GB': 7 }, 'CB-WORKSTATION');
    expect((await it.run(BROKER))?.drifts).toEqual([
      { subscriptionId: id, difference: 'PRODUCT_DIFFERS', outcome: 'repairing' },
      { subscriptionId: id, difference: 'ADDONS_DIFFER', outcome: 'repairing' },
    ]);
    await it.gateway.settled();
    expect(await it.operations(id)).toEqual(['PROVISION SUCCEEDED', 'CHANGE SUCCEEDED']);
    expect(await held(id)).toMatchObject({ productId: 'CB-SERVER', addons: { 'CB-ARCHIVE-100GB': 2 } });
    expect(await row(id)).toEqual(before);
    expect((await it.run(BROKER))?.drifts).toEqual([]);
  });

  test('stays reported while the provider refuses it, and the repair has no UNDO', async () => {
    const id = await it.ordered('Refused', 'IC-BASE-5TB');
    await storage.changeProduct(it.storage(id, 'IC-BASE-1TB'), 'DOWNGRADE', CALL);
    await provider.setFaults(doing('refuse', { endpoint: 'subscriptions/upgradedowngrade', times: 2 }));
    expect((await it.run(MANAGER))?.drifts).toHaveLength(1);
    const operationId = await it.failed(id);
    await manager.retry(operationId);
    expect(await it.failed(id)).toBe(operationId);
    expect(await it.run(MANAGER)).toMatchObject({ checked: 0, drifts: [] });
    expect((await manager.abandon(operationId)).undo).toBeNull();
    expect(await it.syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'FAILED' });
    expect((await it.run(MANAGER))?.drifts).toEqual([
      { subscriptionId: id, difference: 'PRODUCT_DIFFERS', outcome: 'repairing' },
    ]);
    await it.gateway.settled();
    expect(await it.syncState(id)).toEqual(SYNCED);
  });
});

describe('a suspension', () => {
  test('that is missing at the provider is repeated there', async () => {
    const id = await it.ordered('Suspended here', 'IC-BASE-1TB');
    await manager.suspend(id);
    await it.gateway.settled();
    const before = await row(id);
    expect(before).toMatchObject({ state: 'SUSPENDED', suspensionReason: 'Unpaid' });
    await storage.resumeSubscription(it.storage(id), CALL);
    expect((await it.run(MANAGER))?.drifts).toEqual([
      { subscriptionId: id, difference: 'SUSPENSION_DIFFERS', outcome: 'repairing' },
    ]);
    await it.gateway.settled();
    expect(await it.operations(id)).toEqual([
      'PROVISION SUCCEEDED',
      'SUSPEND SUCCEEDED',
      'SUSPEND SUCCEEDED',
    ]);
    expect(await held(id)).toMatchObject({ state: 'SUSPENDED' });
    expect(await row(id)).toEqual(before);
    // A suspended subscription refuses the pre-check before its product is compared.
    expect(await it.run(MANAGER, { push: true })).toMatchObject({
      drifts: [],
      unverifiable: unverifiable(1, 1),
      pushed: 0,
    });
    expect(await it.syncState(id)).toEqual({ state: 'SUSPENDED', syncState: 'SYNCED' });
  });

  test('whose repair is abandoned is not ended', async () => {
    const id = await it.ordered('Stays suspended', 'IC-BASE-1TB');
    await manager.suspend(id);
    await it.gateway.settled();
    await storage.resumeSubscription(it.storage(id), CALL);
    await provider.setFaults(doing('refuse', { endpoint: 'subscriptions/suspend' }));
    expect((await it.run(MANAGER))?.drifts).toHaveLength(1);
    expect((await manager.abandon(await it.failed(id))).undo).toBeNull();
    expect(await it.syncState(id)).toEqual({ state: 'SUSPENDED', syncState: 'FAILED' });
    expect((await it.run(MANAGER))?.drifts).toHaveLength(1);
    await it.gateway.settled();
    expect(await held(id)).toMatchObject({ state: 'SUSPENDED' });
  });

  test('by the provider is reported, and neither ended nor pushed over', async () => {
    const id = await it.ordered('Suspended there', 'IC-BASE-1TB');
    await storage.suspendSubscription(it.storage(id), CALL);
    const before = await row(id);
    expect(await it.run(MANAGER, { push: true })).toMatchObject({
      drifts: [{ subscriptionId: id, difference: 'SUSPENSION_DIFFERS', outcome: 'reported' }],
      pushed: 0,
    });
    expect(await it.operations(id)).toEqual(['PROVISION SUCCEEDED']);
    expect(await row(id)).toEqual(before);
    expect(await it.told(id)).toEqual([
      { message: 'Suspended there is suspended at the provider and not here.', userId: null },
    ]);
  });
});

describe('add-ons that the provider does not report', () => {
  const other = async (id: string) =>
    storage.setAddons({ ...it.storage(id), addons: [{ ...addon('IC-ADD-1TB', 9), held: 2 }] }, CALL);

  test('are unverifiable; a scheduled reconciliation does not set them', async () => {
    const id = await it.ordered('Not told', 'IC-BASE-1TB');
    await other(id);
    const report = await it.run(MANAGER);
    expect(report).toMatchObject({ checked: 1, drifts: [], unverifiable: unverifiable(1), pushed: 0 });
    await it.gateway.rows(`UPDATE chores SET dueAt = NOW(3) WHERE name LIKE 'reconcile %'`);
    await reconcileDue(it.schedule);
    const due = await it.gateway.rows(
      `SELECT name FROM chores WHERE name LIKE 'reconcile %' AND dueAt < NOW(3)`,
    );
    expect(due).toEqual([]);
    expect(await it.operations(id)).toEqual(['PROVISION SUCCEEDED']);
    expect(await it.told(id)).toEqual([]);
    expect(await held(id)).toMatchObject({ addons: { 'IC-ADD-1TB': 9 } });
  });

  test('are set again by a push, with one effect however often it is repeated', async () => {
    const id = await it.ordered('Pushed', 'IC-BASE-1TB');
    const before = await row(id);
    await other(id);
    for (let time = 0; time < 3; time += 1) {
      expect(await it.run(MANAGER, { push: true })).toMatchObject({ drifts: [], pushed: 1 });
      await it.gateway.settled();
    }
    expect((await it.operations(id)).slice(1)).toEqual(Array(3).fill('ADD_ADDONS SUCCEEDED'));
    expect((await provider.effectsOf(id)).slice(1)).toEqual([
      'addon.set IC-ADD-1TB=2 x2',
      'addon.set IC-ADD-1TB=9 x1',
    ]);
    expect(await row(id)).toEqual(before);
    expect(await it.syncState(id)).toEqual(SYNCED);
    expect(await it.told(id)).toEqual([]);
  });

  test('are pushed once by eight processes', async () => {
    const id = await it.ordered('Pushed once', 'IC-BASE-1TB');
    await Promise.all(Array.from({ length: 8 }, () => it.run(MANAGER, { push: true })));
    await it.gateway.settled();
    expect(await it.operations(id)).toEqual(['PROVISION SUCCEEDED', 'ADD_ADDONS SUCCEEDED']);
  });

  test('of an abandoned operation are named, and ended by a push', async () => {
    const id = await it.ordered('Never bought', 'IC-BASE-1TB');
    await provider.setFaults(doing('resetAfter', { endpoint: 'addons/create', times: 8 }));
    const [account] = await it.gateway.rows('SELECT accountId FROM subscriptions WHERE id = ?', [id]);
    await manager.order(account?.accountId, more(id, { 'IC-ADD-5TB': 3 }));
    const operationId = await it.failed(id);
    await provider.setFaults(doing('refuse', { endpoint: 'addons/cancel' }));
    await manager.abandon(operationId);
    await manager.abandon(await it.failed(id));
    const named = { subscriptionId: id, difference: 'SYNC_FAILED' };
    expect((await it.run(MANAGER))?.drifts).toEqual([{ ...named, outcome: 'reported' }]);
    expect(await it.syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'FAILED' });
    expect(await held(id)).toMatchObject({ addons: { 'IC-ADD-1TB': 2, 'IC-ADD-5TB': 3 } });
    expect((await it.run(MANAGER, { push: true }))?.drifts).toEqual([{ ...named, outcome: 'repairing' }]);
    await it.gateway.settled();
    expect(await held(id)).toMatchObject({ addons: { 'IC-ADD-1TB': 2 } });
    expect(await it.syncState(id)).toEqual(SYNCED);
    expect(await it.gateway.rows('SELECT addonId FROM subscription_addons')).toHaveLength(1);
  });
});

test('a cancellation that was abandoned and not carried out is settled where the provider reports everything', async () => {
  const id = await it.ordered('Kept', 'CB-SERVER');
  await provider.setFaults(doing('refuse', { endpoint: 'broker/deprovision' }));
  await manager.cancel(id);
  await manager.abandon(await it.failed(id));
  expect(await it.syncState(id)).toEqual({ state: 'ACTIVE', syncState: 'FAILED' });
  expect((await it.run(BROKER))?.drifts).toEqual([
    { subscriptionId: id, difference: 'SYNC_FAILED', outcome: 'repairing' },
  ]);
  await it.gateway.settled();
  expect(await it.syncState(id)).toEqual(SYNCED);
  expect(await it.operations(id)).toEqual([
    'PROVISION SUCCEEDED',
    'DEPROVISION ABANDONED',
    'ADD_ADDONS SUCCEEDED',
  ]);
});

test('a difference is not repaired beside an operation that has failed', async () => {
  const id = await it.ordered('Twice', 'CB-SERVER');
  await manager.cancel(id);
  await it.gateway.settled();
  await provider.setFaults([
    doing('answer', { workMs: 0, endpoint: 'broker/provision' }),
    doing('refuse', { endpoint: 'broker/deprovision' }),
  ]);
  await it.atBroker('PUT', id);
  const orphaned = { subscriptionId: id, difference: 'ORPHANED' };
  expect((await it.run(BROKER))?.drifts).toEqual([{ ...orphaned, outcome: 'repairing' }]);
  const operationId = await it.failed(id);
  expect((await it.run(BROKER))?.drifts).toEqual([{ ...orphaned, outcome: 'reported' }]);
  expect((await lastOperation(it.gateway.rows, id)).id).toBe(operationId);
  await manager.abandon(operationId);
  expect((await it.run(BROKER))?.drifts).toEqual([{ ...orphaned, outcome: 'repairing' }]);
  await it.gateway.settled();
  expect(await held(id)).toMatchObject({ state: 'CANCELLED' });
});
