import { abandoned, addonsOf, eventsAfter, failedAddons, stays } from '../support/abandoned';
import { type BackOffice, startBackOffice, stepsOf } from '../support/back-office';
import { product } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { clearLedger, effects, fault, faults, ledger, refuse } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { writingNothing } from '../support/tables';

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

const action = (object: any, name: string) =>
  object.availableActions.find((it: any) => it.action === name)?.allowed;

describe('abandoned add-ons', () => {
  /** An active subscription with two add-ons; the provider has the same. */
  async function holding(): Promise<string> {
    const order = await who.manager.provisioned(NORTHWIND, {
      ...STORAGE,
      addons: addonsOf({ 'IC-ADD-1TB': 2 }),
    });
    return order.lines[0].subscription.id;
  }
  const seen = (id: string) => who.manager.seeSubscription(id);

  test.each([
    ['rejected', [refuse('addons/create')], []],
    [
      'done without an answer',
      [fault('resetAfter', 'addons/create', { times: 8 })],
      ['addon.set IC-ADD-5TB=1 ×1', 'addon.cancelled IC-ADD-5TB=0 ×1'],
    ],
  ])('that were new and %s are ended, and the order is cancelled', async (_, set, expected) => {
    const id = await holding();
    const before = await seen(id);
    const { orderId, operationId } = await failedAddons(office, NORTHWIND, id, { 'IC-ADD-5TB': 1 }, ...set);
    expect(action(await seen(id), 'ABANDON')).toBe(true);
    expect(action(await who.manager.seeOrder(orderId), 'ABANDON')).toBe(true);
    expect(action(await who.buyer.seeOrder(orderId), 'ABANDON')).toBe(false);

    office.proxy.hold('addons/cancel');
    const { undo } = await abandoned(office, operationId);
    expect(undo).toMatchObject({ kind: 'UNDO', steps: [{ name: 'RESTORE_ADDONS' }] });
    await writingNothingWhileHeld(() => stays(office, operationId));
    expect(await seen(id)).toMatchObject({ state: 'ACTIVE', syncState: 'PENDING' });
    expect((await who.manager.seeOrder(orderId)).state).toBe('FAILED');
    office.proxy.release();
    await gateway.settled();

    const after = await seen(id);
    expect(after).toMatchObject({ state: 'ACTIVE', syncState: 'SYNCED' });
    for (const same of ['addons', 'recurringTotal', 'capacityBytes', 'currentPeriodEnd'])
      expect(after[same]).toEqual(before[same]);
    expect(await effects(gateway)).toEqual(expected);
    const order = await who.manager.seeOrder(orderId);
    expect(order.state).toBe('CANCELLED');
    expect(order.operations.map((it: any) => [it.kind, it.state])).toEqual([
      ['ADD_ADDONS', 'ABANDONED'],
      ['UNDO', 'SUCCEEDED'],
    ]);
    expect(await eventsAfter(office, orderId)).toEqual([
      'operation.abandoned ABANDONED',
      'operation.created PENDING',
      'operation.changed RUNNING',
      'operation.changed SUCCEEDED',
      'order.cancelled',
    ]);
    await writingNothing(gateway, () => stays(office, operationId));
    // It can be sold again.
    const again = await who.manager.provisioned(NORTHWIND, {
      subscriptionId: id,
      addons: addonsOf({ 'IC-ADD-5TB': 1 }),
    });
    expect(again.state).toBe('COMPLETED');
  });

  /** While the UNDO waits for its answer nothing of it is written either. */
  async function writingNothingWhileHeld(act: () => Promise<void>) {
    const count = async () => gateway.rows('SELECT COUNT(*) AS n FROM idempotency_keys');
    const before = await count();
    await act();
    expect(await count()).toEqual(before);
  }

  test('that increase a quantity are set back to the quantity that is held', async () => {
    const id = await holding();
    const set = fault('resetAfter', 'addons/update', { times: 8 });
    const { operationId } = await failedAddons(office, NORTHWIND, id, { 'IC-ADD-1TB': 3 }, set);
    await abandoned(office, operationId);
    await gateway.settled();
    expect(await seen(id)).toMatchObject({ syncState: 'SYNCED', addons: [{ quantity: 2 }] });
    expect(await effects(gateway)).toEqual(['addon.set IC-ADD-1TB=5 ×1', 'addon.set IC-ADD-1TB=2 ×1']);
  });

  test('of a subscription that has ended since are settled at once', async () => {
    const id = await holding();
    const { orderId, operationId } = await failedAddons(
      office,
      NORTHWIND,
      id,
      { 'IC-ADD-5TB': 1 },
      refuse('addons/create'),
    );
    const { id: requestId } = await who.buyer.requested(id);
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    expect((await abandoned(office, operationId)).undo).toBeNull();
    expect(await seen(id)).toMatchObject({ state: 'CANCELLED', syncState: 'SYNCED' });
    expect((await who.manager.seeOrder(orderId)).state).toBe('CANCELLED');
  });

  test('with one key are abandoned once, with one answer', async () => {
    const id = await holding();
    const set = refuse('addons/create');
    const { operationId } = await failedAddons(office, NORTHWIND, id, { 'IC-ADD-5TB': 1 }, set);
    const input = { operationId, reason: 'Ordered twice', idempotencyKey: newKey() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => who.manager.abandon(input)));
    expect(answers.flatMap(codes)).toEqual([]);
    await gateway.settled();
    const late = await who.manager.abandon(input);
    expect(new Set([...answers, late].map(({ undo }) => undo.id)).size).toBe(1);
    expect(late.undo.state).toBe('SUCCEEDED');
    const [event] = await gateway.rows(
      `SELECT message, data FROM events WHERE type = 'operation.abandoned' AND operationId = ?`,
      [operationId],
    );
    expect(event).toEqual({
      message: 'The operation is abandoned: Ordered twice',
      data: { operationState: 'ABANDONED', reason: 'Ordered twice' },
    });
  });

  test('need a reason, and an operation that the caller sees', async () => {
    const id = await holding();
    const set = refuse('addons/create');
    const { operationId } = await failedAddons(office, NORTHWIND, id, { 'IC-ADD-5TB': 1 }, set);
    await writingNothing(gateway, async () => {
      const blank = await who.manager.abandon({ operationId, reason: ' ' });
      expect(blank.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['reason'] }]);
      for (const person of [who.buyer, who.reseller])
        expect(codes(await person.abandon({ operationId }))).toEqual(['FORBIDDEN']);
      const foreign = await who.otherManager.abandon({ operationId });
      expect(codes(foreign)).toEqual(['NOT_FOUND']);
    });
  });
});

describe('an abandoned provisioning', () => {
  async function failed(...set: object[]) {
    await faults(gateway, ...set);
    const order = await who.manager.provisioned(NORTHWIND, {
      ...STORAGE,
      addons: addonsOf({ 'IC-ADD-1TB': 2 }),
    });
    expect(order.state).toBe('FAILED');
    return { orderId: order.id, operationId: order.operations[0].id, id: order.lines[0].subscription.id };
  }

  test('that has requested no license ends at once, and the customer can order again', async () => {
    const { orderId, operationId, id } = await failed(refuse('accounts/synchronize'));
    await clearLedger(gateway);
    expect((await abandoned(office, operationId)).undo).toBeNull();
    const subscription = await who.manager.seeSubscription(id);
    expect(subscription).toMatchObject({ state: 'CANCELLED', syncState: 'SYNCED', externalId: null });
    expect(subscription.cancelledAt).not.toBeNull();
    expect((await who.manager.seeOrder(orderId)).state).toBe('CANCELLED');
    expect((await ledger(gateway)).calls).toEqual({});
    expect(await eventsAfter(office, orderId)).toEqual([
      'operation.abandoned ABANDONED',
      'subscription.cancelled',
      'order.cancelled',
    ]);
    await writingNothing(gateway, () => stays(office, operationId));
    await who.manager.liveSubscription(NORTHWIND);
  });

  test.each([
    ['was rejected', [refuse('subscriptions/create')], []],
    [
      'was created without an answer',
      [fault('resetAfter', 'subscriptions/create', { times: 8, checkOnly: false })],
      ['subscription.created IC-BASE-1TB=1 ×1', 'subscription.cancelled IC-BASE-1TB ×1'],
    ],
    [
      'has no add-ons',
      [refuse('addons/create')],
      ['subscription.created IC-BASE-1TB=1 ×1', 'subscription.cancelled IC-BASE-1TB ×1'],
    ],
    [
      'has add-ons without an answer',
      [fault('resetAfter', 'addons/create', { times: 8 })],
      [
        'subscription.created IC-BASE-1TB=1 ×1',
        'addon.set IC-ADD-1TB=2 ×1',
        'subscription.cancelled IC-BASE-1TB ×1',
      ],
    ],
  ])('whose license %s is cancelled at the provider', async (_, set, expected) => {
    const { orderId, operationId, id } = await failed(...set);
    office.proxy.hold('subscriptions/cancel');
    const { undo } = await abandoned(office, operationId);
    expect(undo).toMatchObject({ kind: 'UNDO', steps: [{ name: 'CANCEL_SERVICE' }] });
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'PENDING', syncState: 'PENDING' });
    // Until the provider has confirmed the end, the customer has no second one.
    const second = { recipientId: NORTHWIND, lines: [STORAGE] };
    expect(codes(await who.manager.place(second))).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS']);
    office.proxy.release();
    await gateway.settled();
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'CANCELLED', syncState: 'SYNCED' });
    expect((await who.manager.seeOrder(orderId)).state).toBe('CANCELLED');
    expect((await effects(gateway)).slice(1)).toEqual(expected);
    await writingNothing(gateway, () => stays(office, operationId));
    await who.manager.liveSubscription(NORTHWIND);
  });

  test.each([
    ['awaits a decision', refuse('accounts/synchronize'), [], 'WITHDRAWN'],
    ['awaits a decision, after a call', refuse('subscriptions/create'), [], 'WITHDRAWN'],
    ['has failed', refuse('addons/create'), [refuse('subscriptions/cancel')], 'COMPLETED'],
  ])('closes the cancellation request that %s', async (_, first, end, state) => {
    const { operationId, id } = await failed(first);
    const { id: requestId } = await who.buyer.requested(id);
    if (end.length > 0) {
      await faults(gateway, ...end);
      await who.manager.decide({ requestId, decision: 'ACCEPT' });
      await gateway.settled();
    }
    await abandoned(office, operationId);
    await gateway.settled();
    expect(await who.buyer.seeRequest(requestId)).toMatchObject({
      state,
      subscription: { state: 'CANCELLED' },
    });
    expect((await who.buyer.seeSubscription(id)).cancellationRequest?.state ?? null).toBe(null);
    const [decision, withdrawal] = [
      await who.manager.decide({ requestId, decision: 'ACCEPT' }),
      await who.buyer.withdraw({ requestId }),
    ];
    expect([codes(decision), codes(withdrawal)]).toEqual([['INVALID_STATE'], ['INVALID_STATE']]);
    const failures = (await who.manager.seeSubscription(id)).operations.filter(
      (it: any) => it.state === 'FAILED',
    );
    expect(failures.map(({ kind }: any) => kind)).toEqual(end.length > 0 ? ['DEPROVISION'] : []);
    for (const { id: failure } of failures) await abandoned(office, failure);
    expect((await who.buyer.seeRequest(requestId)).state).toBe(state);
  });

  test('of one of two lines completes the order in part; of both cancels it', async () => {
    for (const [backup, expected] of [
      [[], 'PARTIALLY_COMPLETED'],
      [[refuse('broker/provision')], 'CANCELLED'],
    ] as const) {
      await office.reset();
      await faults(gateway, refuse('addons/create'), ...backup);
      await who.reseller.add({ productId: product('CB-SERVER') });
      const line = { ...STORAGE, addons: addonsOf({ 'IC-ADD-1TB': 2 }) };
      const { order: placed } = await who.reseller.order(line, ALPINE);
      await gateway.settled();
      const before = await who.manager.seeOrder(placed.id);
      const failures = before.operations.filter((it: any) => it.state === 'FAILED');
      for (const { id } of failures) {
        expect((await who.manager.seeOrder(placed.id)).state).toBe('FAILED');
        await abandoned(office, id);
        await gateway.settled();
      }
      const order = await who.manager.seeOrder(placed.id);
      const [{ completedAt }] = (await gateway.rows('SELECT completedAt FROM orders WHERE id = ?', [
        placed.id,
      ])) as any;
      expect([order.state, completedAt !== null]).toEqual([expected, expected === 'PARTIALLY_COMPLETED']);
      const states = await gateway.rows('SELECT state FROM subscriptions WHERE orderId = ? ORDER BY state', [
        placed.id,
      ]);
      expect(states.map(({ state }) => state)).toEqual([
        expected === 'CANCELLED' ? 'CANCELLED' : 'ACTIVE',
        'CANCELLED',
      ]);
      expect((await eventsAfter(office, placed.id)).at(-1)).toBe(`order.${expected.toLowerCase()}`);
    }
  });
});

describe('an UNDO that fails', () => {
  async function failedUndo() {
    await faults(gateway, fault('resetAfter', 'subscriptions/create', { times: 8, checkOnly: false }));
    const order = await who.manager.provisioned(NORTHWIND, STORAGE);
    await faults(gateway, refuse('subscriptions/cancel'));
    const { undo } = await abandoned(office, order.operations[0].id);
    await gateway.settled();
    const after = await who.manager.seeOrder(order.id);
    expect(after.state).toBe('FAILED');
    expect(after.operations.map((it: any) => it.state)).toEqual(['ABANDONED', 'FAILED']);
    const id = order.lines[0].subscription.id;
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'PENDING', syncState: 'FAILED' });
    return { orderId: order.id, undoId: undo.id, id };
  }

  test('is retried, while the order stays failed, and settles it', async () => {
    const { orderId, undoId, id } = await failedUndo();
    office.proxy.hold('subscriptions/cancel');
    const { operation, errors } = await who.manager.retry({ operationId: undoId });
    expect([errors, operation.kind]).toEqual([[], 'UNDO']);
    expect((await who.manager.seeOrder(orderId)).state).toBe('FAILED');
    office.proxy.release();
    await gateway.settled();
    const order = await who.manager.seeOrder(orderId);
    expect(order.state).toBe('CANCELLED');
    expect(stepsOf(order.operations[1])).toEqual(['CANCEL_SERVICE SUCCEEDED 1']);
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'CANCELLED', syncState: 'SYNCED' });
    expect((await effects(gateway)).slice(1)).toEqual([
      'subscription.created IC-BASE-1TB=1 ×1',
      'subscription.cancelled IC-BASE-1TB ×1',
    ]);
  });

  test('is abandoned once it was settled by hand: the order is settled, and nothing is undone again', async () => {
    const { orderId, undoId, id } = await failedUndo();
    expect((await abandoned(office, undoId)).undo).toBeNull();
    expect((await who.manager.seeOrder(orderId)).state).toBe('CANCELLED');
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'CANCELLED', syncState: 'FAILED' });
    await writingNothing(gateway, () => stays(office, undoId));
  });
});

describe('an abandoned cancellation', () => {
  async function failedEnd(id: string, input: object = {}) {
    await faults(gateway, refuse('subscriptions/cancel'));
    const { id: requestId } = await who.buyer.requested(id, input);
    expect(codes(await who.manager.decide({ requestId, decision: 'ACCEPT' }))).toEqual([]);
    await gateway.settled();
    const { operations } = await who.manager.seeSubscription(id);
    return { requestId, operationId: operations.at(-1).id };
  }

  test.each(['ACTIVE', 'SUSPENDED', 'PENDING_CANCELLATION'])(
    'of a subscription that was %s fails its request and keeps the subscription',
    async state => {
      const id = await who.manager.liveSubscription(NORTHWIND);
      await gateway.rows('UPDATE subscriptions SET state = ? WHERE id = ?', [state, id]);
      const { requestId, operationId } = await failedEnd(id);
      await gateway.rows('UPDATE subscriptions SET state = ? WHERE id = ?', [state, id]);
      expect((await abandoned(office, operationId)).undo).toBeNull();
      expect(await who.buyer.seeRequest(requestId)).toMatchObject({ state: 'FAILED', completedAt: null });
      const kept = await who.buyer.seeSubscription(id);
      expect(kept).toMatchObject({
        state: state === 'SUSPENDED' ? 'SUSPENDED' : 'ACTIVE',
        syncState: 'FAILED',
        cancellationRequest: null,
      });
      const events = await gateway.rows(
        `SELECT type FROM events WHERE requestId = ? ORDER BY id DESC LIMIT ${state === 'PENDING_CANCELLATION' ? 3 : 2}`,
        [requestId],
      );
      expect(events.map(({ type }) => type).reverse()).toEqual([
        'operation.abandoned',
        ...(state === 'PENDING_CANCELLATION' ? ['subscription.kept'] : []),
        'cancellation.failed',
      ]);
      await writingNothing(gateway, () => stays(office, operationId));
      // Another request ends it.
      const { id: another } = await who.buyer.requested(id);
      await who.manager.decide({ requestId: another, decision: 'ACCEPT' });
      await gateway.settled();
      expect(await who.buyer.seeSubscription(id)).toMatchObject({ state: 'CANCELLED', syncState: 'SYNCED' });
    },
  );

  test('of a subscription whose provisioning has failed leaves that to be settled', async () => {
    await faults(gateway, refuse('addons/create'));
    const order = await who.manager.provisioned(NORTHWIND, {
      ...STORAGE,
      addons: addonsOf({ 'IC-ADD-1TB': 1 }),
    });
    const { id } = order.lines[0].subscription;
    const { operationId } = await failedEnd(id);
    await abandoned(office, operationId);
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'PENDING', syncState: 'FAILED' });
    expect((await who.manager.seeOrder(order.id)).state).toBe('FAILED');
    await abandoned(office, order.operations[0].id);
    await gateway.settled();
    expect(await who.manager.seeSubscription(id)).toMatchObject({ state: 'CANCELLED', syncState: 'SYNCED' });
    expect((await who.manager.seeOrder(order.id)).state).toBe('CANCELLED');
  });
});
