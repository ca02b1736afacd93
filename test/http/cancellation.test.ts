import { accountId } from '../../dev/demo-data';
import { executeDueCancellations } from '../../src/services/subscriptions/execute-due-cancellations';
import { type BackOffice, type Person, startBackOffice, stepsOf } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, CONTOSO, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { type Watch, watch } from '../support/live';
import { clearLedger, effects, fault, faults, ledger, refuse } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { writingNothing } from '../support/tables';

/** Time by which business time is ahead. */
let ahead = 0;
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice({ clock: () => new Date(Date.now() + ahead) });
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => {
  ahead = 0;
  return office.reset();
});

/** Moves business time to this moment, and lets what is due be carried out as the process does by itself. */
async function passTo(moment: string, later = 0): Promise<void> {
  ahead = Date.parse(moment) + later - Date.now();
  await executeDueCancellations(gateway.app.deps);
  await gateway.settled();
}

const action = (subscription: any, name: string) =>
  subscription.availableActions.find((it: any) => it.action === name);

describe('a request that the account manager decides', () => {
  test('can be rejected, repeated and accepted; the subscription ends, and the customer can order again', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    await clearLedger(gateway);
    const first = await who.buyer.requested(id, { reason: 'Too dear' });
    expect(first).toMatchObject({
      state: 'PENDING',
      version: 1,
      timing: 'IMMEDIATE',
      reason: 'Too dear',
      requestedBy: { email: 'buyer@northwind.example' },
      decidedBy: null,
      subscription: { state: 'ACTIVE', syncState: 'SYNCED' },
    });
    const rejected = await who.manager.decide({ requestId: first.id, decision: 'REJECT', note: 'Stay' });
    expect(rejected.errors).toEqual([]);
    expect(rejected.cancellationRequest).toMatchObject({
      state: 'REJECTED',
      version: 2,
      decisionNote: 'Stay',
      decidedBy: { email: 'manager@bss.example' },
      completedAt: null,
    });
    expect(await who.buyer.seeSubscription(id)).toMatchObject({ state: 'ACTIVE', cancellationRequest: null });
    expect((await ledger(gateway)).calls).toEqual({});

    const second = await who.buyer.requested(id);
    expect(second.id).not.toBe(first.id);
    office.proxy.hold('subscriptions/cancel');
    const accepted = await who.manager.decide({ requestId: second.id, decision: 'ACCEPT' });
    expect(accepted.cancellationRequest).toMatchObject({
      state: 'ACCEPTED',
      subscription: { state: 'ACTIVE' },
    });
    // The provider has not said so yet.
    expect(await who.buyer.seeSubscription(id)).toMatchObject({
      state: 'ACTIVE',
      syncState: 'PENDING',
      cancellationRequest: { id: second.id, state: 'ACCEPTED' },
    });
    const early = await writingNothingNow(() => who.buyer.order(STORAGE));
    expect(codes(early)).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS']);
    office.proxy.release();
    await gateway.settled();

    const ended = await who.buyer.seeSubscription(id);
    expect(ended).toMatchObject({
      state: 'CANCELLED',
      syncState: 'SYNCED',
      cancellationRequest: null,
      currentPeriodEnd: null,
    });
    expect(ended.cancelledAt).not.toBeNull();
    expect(ended.operations.map(stepsOf).at(-1)).toEqual(['CANCEL_SERVICE SUCCEEDED 1']);
    expect(await effects(gateway)).toEqual(['subscription.cancelled IC-BASE-1TB ×1']);
    expect(await who.buyer.seeRequest(second.id)).toMatchObject({ state: 'COMPLETED' });

    await who.buyer.empty();
    const { order, errors } = await who.buyer.order(STORAGE);
    expect(errors).toEqual([]);
    await gateway.settled();
    expect((await who.buyer.seeOrder(order.id)).state).toBe('COMPLETED');
  });

  /** Only orders and subscriptions: the basket is filled on the way, and an operation is under way. */
  async function writingNothingNow<T>(act: () => Promise<T>): Promise<T> {
    const count = () =>
      gateway.rows('SELECT (SELECT COUNT(*) FROM orders) AS orders, COUNT(*) AS n FROM subscriptions');
    const before = await count();
    const result = await act();
    expect(await count()).toEqual(before);
    return result;
  }

  test('can be withdrawn by the customer or the manager, and repeated', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    for (const person of [who.buyer, who.manager]) {
      const { id: requestId } = await who.buyer.requested(id);
      const { cancellationRequest, errors } = await person.withdraw({ requestId, expectedVersion: 1 });
      expect(errors).toEqual([]);
      expect(cancellationRequest).toMatchObject({ state: 'WITHDRAWN', version: 2, decidedBy: null });
      expect(await who.buyer.seeSubscription(id)).toMatchObject({ state: 'ACTIVE', syncState: 'SYNCED' });
      await writingNothing(gateway, async () => {
        expect(codes(await person.withdraw({ requestId }))).toEqual(['INVALID_STATE']);
        expect(codes(await who.manager.decide({ requestId, decision: 'ACCEPT' }))).toEqual(['INVALID_STATE']);
      });
    }
  });

  test('of an end customer goes to the manager of its reseller, and is not found for other managers', async () => {
    const id = await who.manager.liveSubscription(ALPINE);
    const { id: requestId } = await who.reseller.requested(id);
    const unknown = 'can_01h00000000000000000000000';
    const decide = (of: string) =>
      who.otherManager.decide({ requestId: of, decision: 'ACCEPT', idempotencyKey: 'the same' });
    await writingNothing(gateway, async () => {
      const answer = await decide(requestId);
      expect(codes(answer)).toEqual(['NOT_FOUND']);
      expect(JSON.stringify(answer)).toBe(JSON.stringify(await decide(unknown)));
      for (const stranger of [who.otherManager, who.otherReseller, who.buyer]) {
        const withdraw = (of: string) => stranger.withdraw({ requestId: of });
        expect(JSON.stringify(await withdraw(requestId))).toBe(JSON.stringify(await withdraw(unknown)));
        expect(await stranger.seeRequest(requestId)).toBeNull();
        expect(await stranger.seeSubscription(id)).toBeNull();
      }
    });
    const queue = '{ cancellationRequests(filter: { states: [PENDING] }) { nodes { id } totalCount } }';
    expect((await who.otherManager.send(queue)).data.cancellationRequests).toEqual({
      nodes: [],
      totalCount: 0,
    });
    expect((await who.manager.send(queue)).data.cancellationRequests).toEqual({
      nodes: [{ id: requestId }],
      totalCount: 1,
    });
    const { errors } = await who.manager.decide({ requestId, decision: 'ACCEPT' });
    expect(errors).toEqual([]);
    await gateway.settled();
    expect((await who.reseller.seeSubscription(id)).state).toBe('CANCELLED');
  });

  test('is decided once for each idempotency key', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const input = { subscriptionId: id, idempotencyKey: newKey() };
    const asked = await Promise.all(Array.from({ length: 6 }, () => who.buyer.request(input)));
    expect(new Set(asked.map(({ cancellationRequest }) => cancellationRequest.id)).size).toBe(1);
    const decision = {
      requestId: asked[0]?.cancellationRequest.id,
      decision: 'ACCEPT',
      idempotencyKey: newKey(),
    };
    const decided = await Promise.all(Array.from({ length: 6 }, () => who.manager.decide(decision)));
    expect(decided.flatMap(codes)).toEqual([]);
    await gateway.settled();
    expect(await gateway.rows(`SELECT COUNT(*) AS n FROM operations WHERE kind = 'DEPROVISION'`)).toEqual([
      { n: 1 },
    ]);
    const other = await who.manager.decide({ ...decision, decision: 'REJECT' });
    expect(codes(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('at the end of the billing period', () => {
  async function endingSubscription() {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const { id: requestId } = await who.buyer.requested(id, { timing: 'END_OF_PERIOD' });
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await clearLedger(gateway);
    return { id, requestId, subscription: await who.buyer.seeSubscription(id) };
  }

  test('keeps the subscription usable until then, and ends it then', async () => {
    const { id, requestId, subscription } = await endingSubscription();
    expect(subscription).toMatchObject({
      state: 'PENDING_CANCELLATION',
      syncState: 'SYNCED',
      cancelledAt: null,
      capacityBytes: '1000000000000',
      cancellationRequest: { id: requestId, state: 'ACCEPTED' },
    });
    await passTo(subscription.currentPeriodEnd, -1000);
    expect((await who.buyer.seeSubscription(id)).state).toBe('PENDING_CANCELLATION');
    expect((await ledger(gateway)).calls).toEqual({});
    await passTo(subscription.currentPeriodEnd);
    expect((await who.buyer.seeSubscription(id)).state).toBe('CANCELLED');
    expect(await who.buyer.seeRequest(requestId)).toMatchObject({ state: 'COMPLETED' });
    expect(await effects(gateway)).toEqual(['subscription.cancelled IC-BASE-1TB ×1']);
  });

  test('ends the subscription once, with several processes polling', async () => {
    const { subscription } = await endingSubscription();
    ahead = Date.parse(subscription.currentPeriodEnd) - Date.now();
    await Promise.all(Array.from({ length: 10 }, () => executeDueCancellations(gateway.app.deps)));
    await gateway.settled();
    expect(await effects(gateway)).toEqual(['subscription.cancelled IC-BASE-1TB ×1']);
    expect(await gateway.rows(`SELECT COUNT(*) AS n FROM operations WHERE kind = 'DEPROVISION'`)).toEqual([
      { n: 1 },
    ]);
  });

  test('keeps the subscription when the request is withdrawn before', async () => {
    const { id, requestId, subscription } = await endingSubscription();
    expect(codes(await who.buyer.withdraw({ requestId }))).toEqual([]);
    expect(await who.buyer.seeSubscription(id)).toMatchObject({ state: 'ACTIVE', cancellationRequest: null });
    await passTo(subscription.currentPeriodEnd, 1000);
    expect((await who.buyer.seeSubscription(id)).state).toBe('ACTIVE');
    expect((await ledger(gateway)).calls).toEqual({});
  });

  test('cannot be withdrawn once it is executed, even if the provider rejects it', async () => {
    const { id, requestId, subscription } = await endingSubscription();
    await faults(gateway, refuse('subscriptions/cancel'));
    await passTo(subscription.currentPeriodEnd);
    const failed = await who.manager.seeSubscription(id);
    expect(failed).toMatchObject({ state: 'PENDING_CANCELLATION', syncState: 'FAILED' });
    await writingNothing(gateway, async () => {
      expect(codes(await who.buyer.withdraw({ requestId }))).toEqual(['INVALID_STATE']);
    });
    await who.manager.retry({ operationId: failed.operations.at(-1).id });
    await gateway.settled();
    expect((await who.buyer.seeSubscription(id)).state).toBe('CANCELLED');
  });

  test('uses the current period, also months after the first one', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    await gateway.rows(
      `UPDATE subscriptions SET activatedAt = '2026-01-31 10:00:00', currentPeriodEnd = '2026-02-28 10:00:00'`,
    );
    const periods = [
      ['2026-02-28T09:59:59.000Z', '2026-02-28T10:00:00.000Z'],
      ['2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z'],
      ['2026-04-29T00:00:00.000Z', '2026-04-30T10:00:00.000Z'],
      ['2028-02-10T00:00:00.000Z', '2028-02-29T10:00:00.000Z'],
    ] as const;
    for (const [now, end] of periods) {
      await passTo(now);
      expect((await who.buyer.seeSubscription(id)).currentPeriodEnd).toBe(end);
    }
    const { id: requestId } = await who.buyer.requested(id, { timing: 'END_OF_PERIOD' });
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await passTo('2028-02-29T09:59:59.000Z');
    expect(await who.buyer.seeSubscription(id)).toMatchObject({
      state: 'PENDING_CANCELLATION',
      currentPeriodEnd: '2028-02-29T10:00:00.000Z',
    });
    await passTo('2028-02-29T10:00:00.000Z');
    expect((await who.buyer.seeSubscription(id)).state).toBe('CANCELLED');
  });

  test('requires a first billing period', async () => {
    await faults(gateway, refuse('accounts/synchronize'));
    const order = await who.manager.provisioned(NORTHWIND, STORAGE);
    const subscriptionId = order.lines[0].subscription.id;
    const { errors } = await writingNothing(gateway, () =>
      who.buyer.request({ subscriptionId, timing: 'END_OF_PERIOD' }),
    );
    expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: ['timing'] }]);
  });

  test('keeps a suspended subscription suspended, also when the request is withdrawn', async () => {
    const id = await who.manager.suspendedSubscription(NORTHWIND);
    for (const withdrawn of [true, false]) {
      const { id: requestId } = await who.buyer.requested(id, { timing: 'END_OF_PERIOD' });
      await who.manager.decide({ requestId, decision: 'ACCEPT' });
      expect((await who.buyer.seeSubscription(id)).state).toBe('SUSPENDED');
      if (withdrawn) await who.buyer.withdraw({ requestId });
      expect((await who.buyer.seeSubscription(id)).state).toBe('SUSPENDED');
    }
    await passTo((await who.buyer.seeSubscription(id)).currentPeriodEnd);
    expect((await who.buyer.seeSubscription(id)).state).toBe('CANCELLED');
  });
});

describe('a deprovisioning that fails', () => {
  test('leaves the subscription active, and a retry completes it', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const { id: requestId } = await who.buyer.requested(id);
    await faults(gateway, refuse('subscriptions/cancel', { code: -42, message: 'Not today' }));
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    const failed = await who.manager.seeSubscription(id);
    expect(failed).toMatchObject({
      state: 'ACTIVE',
      syncState: 'FAILED',
      cancellationRequest: { id: requestId, state: 'ACCEPTED' },
    });
    const operation = failed.operations.at(-1);
    expect(operation).toMatchObject({
      kind: 'DEPROVISION',
      state: 'FAILED',
      steps: [{ state: 'FAILED', error: { code: 'REJECTED', providerCode: -42 } }],
    });
    expect(action(failed, 'RETRY_PROVISIONING')).toMatchObject({ allowed: true });
    await writingNothing(gateway, async () => {
      expect(codes(await who.buyer.withdraw({ requestId }))).toEqual(['INVALID_STATE']);
      expect(codes(await who.buyer.request({ subscriptionId: id }))).toEqual([
        'CANCELLATION_ALREADY_REQUESTED',
      ]);
    });
    expect(codes(await who.manager.retry({ operationId: operation.id }))).toEqual([]);
    await gateway.settled();
    expect((await who.buyer.seeSubscription(id)).state).toBe('CANCELLED');
    expect(await who.buyer.seeRequest(requestId)).toMatchObject({ state: 'COMPLETED' });
  });

  test('is retried automatically after a transient fault', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    await clearLedger(gateway);
    await faults(gateway, fault('status', 'subscriptions/cancel', { times: 2 }));
    const { id: requestId } = await who.buyer.requested(id);
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    const ended = await who.buyer.seeSubscription(id);
    expect(ended.state).toBe('CANCELLED');
    expect(ended.operations.map(stepsOf).at(-1)).toEqual(['CANCEL_SERVICE SUCCEEDED 3']);
    expect(await effects(gateway)).toEqual(['subscription.cancelled IC-BASE-1TB ×1']);
  });

  test('needs no provider call for a subscription that was never created, and permits a new one', async () => {
    await faults(gateway, refuse('accounts/synchronize'));
    const order = await who.manager.provisioned(NORTHWIND, STORAGE);
    const [{ subscription }] = order.lines;
    expect(subscription).toMatchObject({ state: 'PENDING', syncState: 'FAILED' });
    await clearLedger(gateway);
    const { id: requestId } = await who.buyer.requested(subscription.id);
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    expect((await who.buyer.seeSubscription(subscription.id)).state).toBe('CANCELLED');
    expect((await ledger(gateway)).calls).toEqual({});
    const retry = await writingNothing(gateway, () =>
      who.manager.retry({ operationId: order.operations[0].id }),
    );
    expect(codes(retry)).toEqual(['INVALID_STATE']);
    await who.manager.liveSubscription(NORTHWIND);
  });

  test('ends a subscription with failed add-ons at the provider too', async () => {
    await faults(gateway, refuse('addons/create'));
    const line = { ...STORAGE, addons: [{ addonId: addon('IC-ADD-1TB') }] };
    const order = await who.manager.provisioned(NORTHWIND, line);
    const [{ subscription }] = order.lines;
    expect(subscription).toMatchObject({ state: 'PENDING', syncState: 'FAILED' });
    await clearLedger(gateway);
    const { id: requestId } = await who.buyer.requested(subscription.id);
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    expect((await who.buyer.seeSubscription(subscription.id)).state).toBe('CANCELLED');
    expect(await effects(gateway)).toEqual(['subscription.cancelled IC-BASE-1TB ×1']);
  });
});

describe('one change at a time', () => {
  const changes = (id: string) => [
    who.buyer.request({ subscriptionId: id }),
    who.buyer.add({ subscriptionId: id, addons: [{ addonId: addon('IC-ADD-1TB') }] }),
    who.manager.place({
      recipientId: NORTHWIND,
      lines: [{ subscriptionId: id, addons: [{ addonId: addon('IC-ADD-1TB') }] }],
    }),
  ];

  test('rejects every other change with the pending request', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const request = await who.buyer.requested(id);
    await writingNothing(gateway, async () => {
      for (const { errors } of await Promise.all(changes(id))) {
        expect(errors).toMatchObject([
          { code: 'CANCELLATION_ALREADY_REQUESTED', request: { id: request.id } },
        ]);
      }
    });
  });

  test('rejects every other change while an operation runs', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const line = { subscriptionId: id, addons: [{ addonId: addon('IC-ADD-5TB') }] };
    const { id: orderId } = await who.manager.placed(NORTHWIND, line);
    const { id: waiting } = await who.manager.placed(NORTHWIND, line);
    office.proxy.hold('addons/create');
    await who.manager.execute({ orderId });
    const execution = who.manager.execute({ orderId: waiting });
    for (const { errors } of await Promise.all([...changes(id), execution])) {
      expect(errors).toMatchObject([{ code: 'SUBSCRIPTION_BUSY' }]);
    }
    office.proxy.release();
    await gateway.settled();
    expect((await who.manager.seeOrder(waiting)).state).toBe('SUBMITTED');
    expect(codes(await who.manager.execute({ orderId: waiting }))).toEqual([]);
  });

  test('rejects a retry while a request is pending', async () => {
    await faults(gateway, refuse('accounts/synchronize'));
    const order = await who.manager.provisioned(NORTHWIND, STORAGE);
    const operationId = order.operations[0].id;
    const { id: requestId } = await who.buyer.requested(order.lines[0].subscription.id);
    const refused = await writingNothing(gateway, () => who.manager.retry({ operationId }));
    expect(refused.errors).toMatchObject([
      { code: 'CANCELLATION_ALREADY_REQUESTED', request: { id: requestId } },
    ]);
    await who.buyer.withdraw({ requestId });
    expect(codes(await who.manager.retry({ operationId }))).toEqual([]);
    await gateway.settled();
    expect((await who.manager.seeOrder(order.id)).state).toBe('COMPLETED');
  });

  test('permits a new name until the end of the subscription', async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const { id: requestId } = await who.buyer.requested(id);
    const { version } = await who.buyer.seeSubscription(id);
    const renamed = await who.buyer.rename({
      subscriptionId: id,
      friendlyName: ' Old things ',
      expectedVersion: version,
    });
    expect(renamed.subscription).toMatchObject({ friendlyName: 'Old things', version: version + 1 });
    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    const refused = await writingNothing(gateway, () =>
      who.buyer.rename({ subscriptionId: id, friendlyName: 'Gone' }),
    );
    expect(codes(refused)).toEqual(['INVALID_STATE']);
  });
});

describe('a service whose cancellations need no decision', () => {
  test('ends at once, at the provider and then at the gateway', async () => {
    const order = await who.manager.provisioned(CONTOSO, { productId: product('CB-SERVER'), quantity: 2 });
    const id = order.lines[0].subscription.id;
    await clearLedger(gateway);
    const request = await who.otherBuyer.requested(id);
    expect(request).toMatchObject({ decidedBy: null, version: 2 });
    expect(request.decidedAt).not.toBeNull();
    await gateway.settled();
    expect((await who.otherBuyer.seeSubscription(id)).state).toBe('CANCELLED');
    expect(await who.otherBuyer.seeRequest(request.id)).toMatchObject({
      state: 'COMPLETED',
      decidedBy: null,
    });
    expect(await effects(gateway)).toEqual(['subscription.cancelled CB-SERVER ×1']);
    const late = await writingNothing(gateway, () =>
      who.manager.decide({ requestId: request.id, decision: 'REJECT' }),
    );
    expect(codes(late)).toEqual(['INVALID_STATE']);
  });

  test('waits for the end of the period if requested', async () => {
    const order = await who.manager.provisioned(CONTOSO, { productId: product('CB-SERVER') });
    const id = order.lines[0].subscription.id;
    const request = await who.otherBuyer.requested(id, { timing: 'END_OF_PERIOD' });
    expect(request).toMatchObject({ state: 'ACCEPTED', subscription: { state: 'PENDING_CANCELLATION' } });
    await passTo((await who.otherBuyer.seeSubscription(id)).currentPeriodEnd);
    expect((await who.otherBuyer.seeSubscription(id)).state).toBe('CANCELLED');
  });
});

describe('the live queue', () => {
  const UPDATES = `subscription ($after: StreamCursor) { cancellationUpdates(after: $after) {
    ... on CancellationSnapshot { cursor truncated requests { id } }
    ... on CancellationUpdate { cursor occurredAt request { id state version subscription { id state } } } } }`;
  let watches: Watch[] = [];
  afterEach(async () => {
    await Promise.all(watches.map(it => it.stop()));
    watches = [];
  });

  const messages = (email: string, more: object = {}) =>
    watch({ gateway, email, query: UPDATES, ...more }).then(it => {
      watches.push(it);
      return it;
    });

  /** Follows the queue; resolves with the reader and its snapshot. */
  async function follow(email: string): Promise<{ reader: Watch; open: string[] }> {
    const reader = await messages(email);
    const { requests, truncated } = await nextOf(reader);
    expect(truncated).toBe(false);
    return { reader, open: requests.map(({ id }: any) => id) };
  }

  const nextOf = async (reader: Watch) => (await reader.next()).cancellationUpdates;

  test('sends every change to manager and requester only, and resumes after a cursor', async () => {
    const before = await who.reseller.requested(await who.manager.liveSubscription(accountId('Birch Legal')));
    const elm = await who.otherManager.liveSubscription(accountId('Elm Clinics'));
    const id = await who.manager.liveSubscription(ALPINE);
    const { reader: manager, open } = await follow('manager@bss.example');
    const { reader: requester } = await follow('sales@skyline.example');
    const { reader: stranger, open: others } = await follow('manager2@bss.example');
    expect(open).toContain(before.id);
    expect(others).not.toContain(before.id);

    const { id: requestId } = await who.reseller.requested(id);
    const opened = [await nextOf(manager), await nextOf(requester)];
    for (const { request } of opened) expect(request).toMatchObject({ id: requestId, state: 'PENDING' });
    expect(opened[0].cursor).toBe(opened[1].cursor);

    await who.manager.decide({ requestId, decision: 'ACCEPT' });
    await gateway.settled();
    const cursors: string[][] = [];
    for (const reader of [manager, requester]) {
      const [accepted, completed] = [await nextOf(reader), await nextOf(reader)];
      // A message shows the state that is, which may be past what it tells of.
      expect(['ACCEPTED', 'COMPLETED']).toContain(accepted.request.state);
      expect(completed.request).toMatchObject({ state: 'COMPLETED', subscription: { state: 'CANCELLED' } });
      cursors.push([accepted.cursor, completed.cursor]);
    }
    expect(cursors[0]).toEqual(cursors[1]);

    const resumed = await messages('sales@skyline.example', { variables: { after: opened[1].cursor } });
    const missed = [await nextOf(resumed), await nextOf(resumed)];
    expect(missed.map(({ cursor }) => cursor)).toEqual(cursors[0]);
    expect(missed.map(({ request }) => request.id)).toEqual([requestId, requestId]);

    // The first that the other manager hears of is its own customer.
    const { id: own } = await who.otherReseller.requested(elm);
    expect((await nextOf(stranger)).request.id).toBe(own);
  });

  test('rejects a cursor that it did not issue', async () => {
    const reader = await messages('manager@bss.example', { variables: { after: 'zzz-00000000' } });
    await expect(reader.next()).rejects.toThrow('BAD_CURSOR');
  });
});

describe('the availableActions of a subscription', () => {
  const states: Record<string, (manager: Person) => Promise<string>> = {
    ACTIVE: manager => manager.liveSubscription(NORTHWIND),
    'ACTIVE with a request': async manager => {
      const id = await manager.liveSubscription(NORTHWIND);
      await who.buyer.requested(id);
      return id;
    },
    'ACTIVE and busy': async manager => {
      const id = await manager.liveSubscription(NORTHWIND);
      const line = { subscriptionId: id, addons: [{ addonId: addon('IC-ADD-1TB') }] };
      const { id: orderId } = await manager.placed(NORTHWIND, line);
      office.proxy.hold('addons/create');
      await manager.execute({ orderId });
      return id;
    },
    'ACTIVE with failed add-ons': async manager => {
      const id = await manager.liveSubscription(NORTHWIND);
      await faults(gateway, refuse('addons/create'));
      const addons = [{ addonId: addon('IC-ADD-1TB') }];
      await manager.provisioned(NORTHWIND, { subscriptionId: id, addons });
      return id;
    },
    'ACTIVE with a failed cancellation': async manager => {
      const id = await manager.liveSubscription(NORTHWIND);
      await faults(gateway, refuse('subscriptions/cancel'));
      await manager.requested(id);
      await gateway.settled();
      return id;
    },
    PENDING: async manager => {
      const { id: orderId } = await manager.placed(NORTHWIND, STORAGE);
      office.proxy.hold('accounts/exists');
      const { order } = await manager.execute({ orderId });
      return order.lines[0].subscription.id;
    },
    'PENDING and failed': async manager => {
      await faults(gateway, refuse('accounts/synchronize'));
      return (await manager.provisioned(NORTHWIND, STORAGE)).lines[0].subscription.id;
    },
    PENDING_CANCELLATION: async manager => {
      const id = await manager.liveSubscription(NORTHWIND);
      await manager.requested(id, { timing: 'END_OF_PERIOD' });
      return id;
    },
    SUSPENDED: manager => manager.suspendedSubscription(NORTHWIND),
    CANCELLED: async manager => {
      const id = await manager.liveSubscription(NORTHWIND);
      await manager.requested(id);
      await gateway.settled();
      return id;
    },
  };
  /** The latest of what an action is about; an id that never was where there is none. */
  const latest = async (table: string, id: string, where = '') => {
    const sql = `SELECT id FROM ${table} WHERE subscriptionId = ? ${where} ORDER BY id DESC LIMIT 1`;
    return (await gateway.rows(sql, [id]))[0]?.id ?? 'can_never';
  };
  const latestFailed = async (id: string) => {
    const failed = await latest('operations', id, `AND state = 'FAILED'`);
    return failed === 'can_never' ? latest('operations', id) : failed;
  };
  const roles = ['buyer', 'manager', 'admin'] as const;
  const mutations: Record<string, (role: (typeof roles)[number], id: string) => Promise<any>> = {
    BUY_ADDONS: (role, id) => {
      const addons = [{ addonId: addon('IC-ADD-5TB') }];
      if (role === 'buyer') return who.buyer.add({ subscriptionId: id, addons });
      return who[role].place({ recipientId: NORTHWIND, lines: [{ subscriptionId: id, addons }] });
    },
    REQUEST_CANCELLATION: (role, id) => who[role].request({ subscriptionId: id }),
    WITHDRAW_CANCELLATION: async (role, id) =>
      who[role].withdraw({ requestId: await latest('cancellation_requests', id) }),
    DECIDE_CANCELLATION: async (role, id) =>
      who[role].decide({ requestId: await latest('cancellation_requests', id), decision: 'ACCEPT' }),
    CHANGE: (role, id) => who[role].change({ subscriptionId: id, productId: product('IC-BASE-5TB') }),
    DECIDE_CHANGE: async (role, id) =>
      who[role].decideChange({ changeId: await latest('subscription_changes', id), decision: 'ACCEPT' }),
    WITHDRAW_CHANGE: async (role, id) =>
      who[role].withdrawChange({ changeId: await latest('subscription_changes', id) }),
    SUSPEND: (role, id) => who[role].suspend({ subscriptionId: id }),
    RESUME: (role, id) => who[role].resume({ subscriptionId: id }),
    RETRY_PROVISIONING: async (role, id) => who[role].retry({ operationId: await latestFailed(id) }),
    ABANDON: async (role, id) => who[role].abandon({ operationId: await latestFailed(id) }),
    RENAME: (role, id) => who[role].rename({ subscriptionId: id, friendlyName: 'Another name' }),
  };
  /** Actions that name something else than the subscription: where that never was, the mutation cannot find it. */
  const INDIRECT = [
    'WITHDRAW_CANCELLATION',
    'DECIDE_CANCELLATION',
    'WITHDRAW_CHANGE',
    'DECIDE_CHANGE',
    'RETRY_PROVISIONING',
  ];

  test.each(Object.entries(states))('%s: agree with the mutations', async (_, reach) => {
    const possible: [role: (typeof roles)[number], name: string][] = [];
    const id = await reach(who.manager);
    for (const role of roles) {
      const { availableActions } = await who[role].seeSubscription(id);
      expect(availableActions.map((it: any) => it.action)).toEqual(Object.keys(mutations));
      for (const { action: name, allowed, blockedBy } of availableActions) {
        if (allowed) possible.push([role, name]);
        else expectSame(name, blockedBy, await mutations[name]?.(role, id));
      }
    }
    office.proxy.release();
    await gateway.settled();
    for (const [role, name] of possible) {
      await office.reset();
      expect([role, name, codes(await mutations[name]?.(role, await reach(who.manager)))]).toEqual([
        role,
        name,
        [],
      ]);
    }
  });

  function expectSame(name: string, told: any, { errors: [came] }: any): void {
    const absent = came.code === 'NOT_FOUND' && INDIRECT.includes(name);
    if (told.code === 'FORBIDDEN' && name === 'BUY_ADDONS') expect(came.code).toBe('FORBIDDEN');
    else if (absent) expect(told.code).toBe('INVALID_STATE');
    else if (told.code === 'INVALID_STATE' && INDIRECT.includes(name))
      expect(came.code).toBe('INVALID_STATE');
    else if (told.code === 'OPERATION_NOT_FAILED') expect(came.code).toBe('OPERATION_NOT_FAILED');
    else expect({ ...came, path: null }).toMatchObject({ ...told, path: null });
  }
});
