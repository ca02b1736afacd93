import { accountId } from '../../dev/demo-data';
import { BillingCycle } from '../../src/entities';
import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { addon, keepCatalog, product } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { clearLedger, effects, faults, ledger, refuse, refusePrecheck } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { counts, writingNothing } from '../support/tables';

const ONE_TB = addon('IC-ADD-1TB');

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

describe('an order placed by an account manager', () => {
  test('waits for its execution, and is then provisioned', async () => {
    const line = { ...STORAGE, friendlyName: 'Archive', addons: [{ addonId: ONE_TB, quantity: 2 }] };
    const placed = await who.manager.placed(NORTHWIND, line);
    expect(placed).toMatchObject({
      state: 'SUBMITTED',
      source: 'BSS',
      version: 1,
      recipient: { id: NORTHWIND },
      reseller: null,
      placedBy: { email: 'manager@bss.example' },
      executedBy: null,
      billing: { company: 'Northwind Traders' },
      total: { amount: '23.00', currency: 'EUR' },
      operations: [],
    });
    expect(placed.lines[0]).toMatchObject({ quantity: 1, friendlyName: 'Archive', subscription: null });
    await gateway.settled();
    expect(await counts(gateway, 'orders', 'subscriptions', 'operations')).toEqual({
      orders: 1,
      subscriptions: 0,
      operations: 0,
    });
    expect(await effects(gateway)).toEqual([]);

    const { order, errors } = await who.manager.execute({ orderId: placed.id, expectedVersion: 1 });
    expect(errors).toEqual([]);
    expect(order).toMatchObject({ state: 'EXECUTING', executedBy: { email: 'manager@bss.example' } });
    await gateway.settled();

    const done = await who.buyer.seeOrder(placed.id);
    expect(done).toMatchObject({ state: 'COMPLETED', total: { amount: '23.00', currency: 'EUR' } });
    const subscription = await who.buyer.seeSubscription(done.lines[0].subscription.id);
    expect(subscription).toMatchObject({
      state: 'ACTIVE',
      syncState: 'SYNCED',
      friendlyName: 'Archive',
      capacityBytes: '3000000000000',
      recurringTotal: { amount: '23.00' },
      addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 2 }],
    });
    expect(await effects(gateway)).toEqual([
      'account.created User ×1',
      'subscription.created IC-BASE-1TB=1 ×1',
      'addon.set IC-ADD-1TB=2 ×1',
    ]);
  });

  test("has the prices of the customer's reseller, who is billed, and keeps them until it is executed", async () => {
    const placed = await who.manager.placed(ALPINE, {
      ...STORAGE,
      addons: [{ addonId: ONE_TB, quantity: 1 }],
    });
    expect(placed).toMatchObject({
      total: { amount: '12.40', currency: 'EUR' },
      reseller: { name: 'Skyline IT' },
      billing: { company: 'Skyline IT' },
    });
    const annual = await who.manager.placed(ALPINE, { ...STORAGE, billingCycle: 'ANNUALLY' });
    expect(annual.total).toEqual({ amount: '64.00', currency: 'EUR' });
    const given = await who.manager.place({
      recipientId: ALPINE,
      lines: [STORAGE],
      billing: {
        company: 'Alpine Holding',
        email: 'pay@alpine.example',
        addressLine1: 'Weg 1',
        city: 'Innsbruck',
        postalCode: '6020',
        country: 'AT',
      },
    });
    expect(given.order.billing).toEqual({ company: 'Alpine Holding' });

    const catalog = await keepCatalog(gateway);
    await catalog.reprice('reseller', product('IC-BASE-1TB'), BillingCycle.MONTHLY, 99_00);
    const { order } = await who.manager.execute({ orderId: placed.id });
    await gateway.settled();
    expect(order.total.amount).toBe('12.40');
    const [{ subscription }] = order.lines;
    expect((await who.manager.seeSubscription(subscription.id)).recurringTotal.amount).toBe('12.40');
    await office.reset();
    await catalog.restore();
  });

  test('is placed once for each idempotency key', async () => {
    const input = { recipientId: NORTHWIND, lines: [STORAGE], idempotencyKey: newKey() };
    const ids = await Promise.all(
      Array.from({ length: 8 }, async () => (await who.manager.place(input)).order.id),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await counts(gateway, 'orders')).toEqual({ orders: 1 });
    const other = await writingNothing(gateway, () =>
      who.manager.place({ ...input, lines: [{ productId: product('IC-BASE-5TB') }] }),
    );
    expect(codes(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  test('can be cancelled before its execution, and then neither executed nor cancelled again', async () => {
    const { id } = await who.manager.placed(NORTHWIND, STORAGE);
    const { order, errors } = await who.manager.cancelOrder({ orderId: id, reason: 'Changed their mind' });
    expect(errors).toEqual([]);
    expect(order).toMatchObject({ state: 'CANCELLED', version: 2 });
    const [row] = await gateway.rows('SELECT cancelReason FROM orders');
    expect(row).toEqual({ cancelReason: 'Changed their mind' });
    await writingNothing(gateway, async () => {
      expect(codes(await who.manager.execute({ orderId: id }))).toEqual(['INVALID_STATE']);
      expect(codes(await who.manager.cancelOrder({ orderId: id }))).toEqual(['INVALID_STATE']);
    });
  });

  test('cannot be cancelled after its execution', async () => {
    const { id } = await who.manager.provisioned(NORTHWIND, STORAGE);
    await writingNothing(gateway, async () => {
      expect(codes(await who.manager.cancelOrder({ orderId: id }))).toEqual(['INVALID_STATE']);
      expect(codes(await who.manager.execute({ orderId: id }))).toEqual(['INVALID_STATE']);
    });
  });

  test('is rejected by the rules of the storefront', async () => {
    await who.manager.liveSubscription(NORTHWIND);
    await writingNothing(gateway, async () => {
      const place = async (recipientId: string, ...lines: object[]) =>
        codes(await who.manager.place({ recipientId, lines }));
      expect(await place(NORTHWIND, STORAGE)).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS']);
      expect(await place(ALPINE)).toEqual(['INVALID_INPUT']);
      expect(await place(ALPINE, STORAGE, STORAGE)).toEqual(['DUPLICATE_SERVICE_IN_BASKET']);
      expect(await place(ALPINE, { ...STORAGE, quantity: 2 })).toEqual(['QUANTITY_LIMIT']);
      expect(await place(ALPINE, { ...STORAGE, quantity: 0 })).toEqual(['QUANTITY_LIMIT']);
      expect(await place(ALPINE, { ...STORAGE, billingCycle: 'TWO_YEARS' })).toEqual(['PRODUCT_UNAVAILABLE']);
      const foreign = [{ addonId: addon('CB-ARCHIVE-100GB') }];
      expect(await place(ALPINE, { ...STORAGE, addons: foreign })).toEqual(['ADDON_UNAVAILABLE']);
      expect(await place(accountId('Skyline IT'), STORAGE)).toEqual(['RESELLER_CANNOT_ORDER_FOR_SELF']);
    });
    await faults(gateway, refusePrecheck(-77));
    const refused = await writingNothing(gateway, () =>
      who.manager.place({ recipientId: ALPINE, lines: [STORAGE] }),
    );
    expect(refused.errors[0]).toMatchObject({ code: 'PROVIDER_REJECTED', providerCode: -77 });
  });

  test('is rejected at execution if the customer has a subscription by then, or the provider rejects the pre-check', async () => {
    const first = await who.manager.placed(NORTHWIND, STORAGE);
    const live = await who.manager.liveSubscription(NORTHWIND);
    const { errors } = await writingNothing(gateway, () => who.manager.execute({ orderId: first.id }));
    expect(errors).toMatchObject([{ code: 'ACTIVE_SUBSCRIPTION_EXISTS', subscription: { id: live } }]);

    const second = await who.manager.placed(ALPINE, STORAGE);
    await faults(gateway, refusePrecheck(-78));
    const refused = await writingNothing(gateway, () => who.manager.execute({ orderId: second.id }));
    expect(refused.errors).toMatchObject([{ code: 'PROVIDER_REJECTED', providerCode: -78 }]);
    expect(codes(await who.manager.execute({ orderId: second.id }))).toEqual([]);
  });

  test('can be executed only by the manager of the reseller, and is not found for other managers', async () => {
    const { id } = await who.manager.placed(ALPINE, STORAGE);
    const unknown = id.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
    const ask = (orderId: string) =>
      who.otherManager.execute({ orderId, idempotencyKey: 'the same for both' });
    await writingNothing(gateway, async () => {
      expect(JSON.stringify(await ask(id))).toBe(JSON.stringify(await ask(unknown)));
      expect(await who.otherManager.seeOrder(id)).toBeNull();
    });
  });
});

describe('add-ons alone', () => {
  const addons = [{ addonId: ONE_TB, quantity: 3 }];

  test('are ordered for a live subscription and provisioned without touching its license', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    await clearLedger(gateway);
    const placed = await who.manager.placed(NORTHWIND, { subscriptionId, addons });
    expect(placed).toMatchObject({ state: 'SUBMITTED', total: { amount: '22.50' } });
    expect(placed.lines[0]).toMatchObject({ quantity: 0, subscription: { id: subscriptionId } });
    expect(codes(await who.manager.execute({ orderId: placed.id }))).toEqual([]);
    await gateway.settled();
    const done = await who.manager.seeOrder(placed.id);
    expect(done.state).toBe('COMPLETED');
    expect(done.operations.map((operation: any) => [operation.kind, operation.state])).toEqual([
      ['ADD_ADDONS', 'SUCCEEDED'],
    ]);
    expect(await who.manager.seeSubscription(subscriptionId)).toMatchObject({
      addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 3 }],
      capacityBytes: '4000000000000',
      recurringTotal: { amount: '30.50' },
    });
    expect((await ledger(gateway)).calls).toEqual({ 'addons/create': 1 });
    expect(await counts(gateway, 'subscriptions')).toEqual({ subscriptions: 1 });
  });

  test('are rejected at placement without a live subscription', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const request = await who.buyer.requested(subscriptionId);
    const place = () => who.manager.place({ recipientId: NORTHWIND, lines: [{ subscriptionId, addons }] });
    const asked = await writingNothing(gateway, place);
    expect(codes(asked)).toEqual(['CANCELLATION_ALREADY_REQUESTED']);
    expect(codes(await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' }))).toEqual([]);
    await gateway.settled();
    expect(codes(await writingNothing(gateway, place))).toEqual(['INVALID_STATE']);
    const unknown = await writingNothing(gateway, () =>
      who.manager.place({ recipientId: NORTHWIND, lines: [{ subscriptionId: 'sub_never', addons }] }),
    );
    expect(codes(unknown)).toEqual(['NOT_FOUND']);
  });

  test('are rejected at execution when the subscription has ended since', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const placed = await who.manager.placed(NORTHWIND, { subscriptionId, addons });
    const request = await who.buyer.requested(subscriptionId);
    const execute = () => writingNothing(gateway, () => who.manager.execute({ orderId: placed.id }));
    expect(codes(await execute())).toEqual(['CANCELLATION_ALREADY_REQUESTED']);
    await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' });
    await gateway.settled();
    await clearLedger(gateway);
    const refused = await execute();
    expect(refused.errors).toMatchObject([{ code: 'INVALID_STATE', path: ['lines', '0', 'subscriptionId'] }]);
    expect((await ledger(gateway)).calls).toEqual({});
    expect((await who.manager.seeOrder(placed.id)).state).toBe('SUBMITTED');
    expect(codes(await who.manager.cancelOrder({ orderId: placed.id }))).toEqual([]);
  });

  test("are rejected for another customer's subscription, and for two lines with one subscription", async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    await writingNothing(gateway, async () => {
      const line = { subscriptionId, addons };
      const foreign = await who.manager.place({ recipientId: ALPINE, lines: [line] });
      expect(codes(foreign)).toEqual(['RECIPIENT_NOT_ALLOWED']);
      const twice = await who.manager.place({ recipientId: NORTHWIND, lines: [line, line] });
      expect(twice.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['lines', '1', 'subscriptionId'] }]);
      const bare = await who.manager.place({ recipientId: NORTHWIND, lines: [{ subscriptionId }] });
      expect(bare.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['lines', '0', 'addons'] }]);
    });
  });
});

describe('the availableActions of an order', () => {
  /** Every state that an order can be in, with the orders of one customer each. */
  const states: Record<string, (manager: Person) => Promise<string>> = {
    SUBMITTED: async manager => (await manager.placed(NORTHWIND, STORAGE)).id,
    'SUBMITTED and blocked': async manager => {
      const { id } = await manager.placed(NORTHWIND, STORAGE);
      await manager.liveSubscription(NORTHWIND);
      return id;
    },
    'SUBMITTED for an ended subscription': async manager => {
      const subscriptionId = await manager.liveSubscription(NORTHWIND);
      const { id } = await manager.placed(NORTHWIND, { subscriptionId, addons: [{ addonId: ONE_TB }] });
      await manager.requested(subscriptionId);
      await gateway.settled();
      return id;
    },
    EXECUTING: async manager => {
      const { id } = await manager.placed(NORTHWIND, STORAGE);
      office.proxy.hold('accounts/exists');
      await manager.execute({ orderId: id });
      return id;
    },
    COMPLETED: async manager => (await manager.provisioned(NORTHWIND, STORAGE)).id,
    FAILED: async manager => {
      await faults(gateway, refuse('accounts/synchronize'));
      return (await manager.provisioned(NORTHWIND, STORAGE)).id;
    },
    'FAILED with its subscription to be ended': async manager => {
      await faults(gateway, refuse('accounts/synchronize'));
      const order = await manager.provisioned(NORTHWIND, STORAGE);
      await who.buyer.requested(order.lines[0].subscription.id);
      return order.id;
    },
    CANCELLED: async manager => {
      const { id } = await manager.placed(NORTHWIND, STORAGE);
      await manager.cancelOrder({ orderId: id });
      return id;
    },
  };
  const operationOf = async (orderId: string) => {
    const [operation] = await gateway.rows('SELECT id FROM operations WHERE orderId = ? LIMIT 1', [orderId]);
    return operation?.id ?? 'op_none';
  };
  const mutations: Record<string, (actor: Person, orderId: string) => Promise<any>> = {
    EXECUTE: (actor, orderId) => actor.execute({ orderId }),
    CANCEL: (actor, orderId) => actor.cancelOrder({ orderId }),
    RETRY: async (actor, orderId) => actor.retry({ operationId: await operationOf(orderId) }),
    ABANDON: async (actor, orderId) => actor.abandon({ operationId: await operationOf(orderId) }),
  };
  const roles = ['buyer', 'manager', 'admin'] as const;

  test.each(Object.entries(states))('%s: agree with the mutations', async (_, reach) => {
    const possible: [role: (typeof roles)[number], action: string][] = [];
    const id = await reach(who.manager);
    for (const role of roles) {
      const { availableActions } = await who[role].seeOrder(id);
      expect(availableActions.map((it: any) => it.action)).toEqual(Object.keys(mutations));
      for (const { action, allowed, blockedBy } of availableActions) {
        if (allowed) possible.push([role, action]);
        else expectSame(action, blockedBy, await mutations[action]?.(who[role], id));
      }
    }
    for (const [role, action] of possible) {
      await office.reset();
      expect(codes(await mutations[action]?.(who[role], await reach(who.manager)))).toEqual([]);
    }
  });

  /** Compares an announced error with that of the mutation. Without a failed operation, the mutation has none to name. */
  function expectSame(action: string, told: any, { errors: [came] }: any): void {
    const nothing: Record<string, string> = { RETRY: 'INVALID_STATE', ABANDON: 'OPERATION_NOT_FAILED' };
    if (!nothing[action]) expect(came).toMatchObject(told);
    else if (came.code === 'NOT_FOUND') expect(told.code).toBe(nothing[action]);
    else expect(told.code).toBe(came.code);
  }
});
