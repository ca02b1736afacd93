import { demoId } from '../../dev/demo-data/ids';
import { executeDueChanges } from '../../src/services/subscriptions/execute-due-changes';
import { administrator } from '../support/administrator';
import { type BackOffice, startBackOffice, stepsOf } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, NORTHWIND } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { clearLedger, effects, faults, ledger, refuse } from '../support/provider/of-gateway';
import { writingNothing } from '../support/tables';

const ONE_TB = addon('IC-ADD-1TB');
const END_CUSTOMER = 'ada@alpine.example';
/** Another user of its account. */
const COLLEAGUE = 'bob@alpine.example';
const FIVE_TB = addon('IC-ADD-5TB');

/** Time by which business time is ahead. */
let ahead = 0;
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let id: string;
beforeAll(async () => {
  office = await startBackOffice({ clock: () => new Date(Date.now() + ahead) });
  ({ gateway, who } = office);
  const ada = { accountId: ALPINE, name: 'Ada', email: END_CUSTOMER, roles: ['CUSTOMER'] };
  await administrator(gateway).does('createUser', ada);
  const bob = { accountId: ALPINE, name: 'Bob', email: COLLEAGUE, roles: ['CUSTOMER'] };
  await administrator(gateway).does('createUser', bob);
});
afterAll(() => office.stop());
beforeEach(async () => {
  ahead = 0;
  await office.reset();
  const line = {
    productId: product('IC-BASE-1TB'),
    addons: [{ addonId: ONE_TB, quantity: 2 }],
  };
  id = (await who.manager.provisioned(NORTHWIND, line)).lines[0].subscription.id;
  await clearLedger(gateway);
});

const units = (sku: string, quantity: number) => ({
  addonId: addon(sku),
  quantity,
});

/** Lots with units, newest last. */
const lots = async () =>
  (
    await gateway.rows<Record<string, number>>(
      `SELECT COALESCE(p.sku, a.sku) AS sku, l.quantity, l.unitMinor FROM subscription_lots l
       LEFT JOIN products p ON p.id = l.itemId LEFT JOIN addons a ON a.id = l.itemId
       WHERE l.subscriptionId = ? AND l.quantity > 0 ORDER BY l.since, l.operationId, sku`,
      [id],
    )
  ).map(({ sku, quantity, unitMinor }) => `${sku} ${quantity} × ${unitMinor}`);

/** Sets the public price of the smallest add-on. */
async function setPrice(minor: number): Promise<void> {
  await gateway.rows(
    `UPDATE prices SET unitMinor = ? WHERE itemId = ? AND priceListId = ? AND billingCycle = 'MONTHLY'`,
    [minor, ONE_TB, demoId('pl', 'public')],
  );
  await gateway.rows('UPDATE catalog_version SET version = version + 1');
}

/** Requests a change as the manager, who needs no decision, and waits for the provider. */
async function changed(input: object) {
  const { subscriptionChange, errors } = await who.manager.change({
    subscriptionId: id,
    ...input,
  });
  expect(errors).toEqual([]);
  await gateway.settled();
  return who.manager.seeChange(subscriptionChange.id);
}

describe('a change that needs no decision', () => {
  test('an upgrade is confirmed by the provider, then the subscription moves', async () => {
    const preview = await who.buyer.preview({
      subscriptionId: id,
      productId: product('IC-BASE-5TB'),
    });
    expect(preview.errors).toEqual([]);
    expect(preview.preview).toMatchObject({
      kinds: ['UPGRADE'],
      needsDecision: false,
      from: {
        product: { sku: 'IC-BASE-1TB' },
        capacityBytes: '3000000000000',
        recurringTotal: { amount: '23.00' },
      },
      to: {
        product: { sku: 'IC-BASE-5TB' },
        capacityBytes: '7000000000000',
        recurringTotal: { amount: '52.50' },
      },
    });
    office.proxy.hold('subscriptions/upgradedowngrade');
    const { subscriptionChange, errors } = await who.buyer.change({
      subscriptionId: id,
      productId: product('IC-BASE-5TB'),
      reason: 'Growing',
    });
    expect(errors).toEqual([]);
    expect(subscriptionChange).toMatchObject({
      state: 'ACCEPTED',
      kinds: ['UPGRADE'],
      awaiting: null,
      decidedBy: null,
      reason: 'Growing',
      effectiveAt: null,
      requestedBy: { email: 'buyer@northwind.example' },
      from: preview.preview.from,
      to: preview.preview.to,
      subscription: { syncState: 'PENDING' },
      operation: { kind: 'CHANGE' },
    });
    expect(await who.buyer.seeSubscription(id)).toMatchObject({
      product: { sku: 'IC-BASE-1TB' },
      recurringTotal: { amount: '23.00' },
      change: { id: subscriptionChange.id },
    });
    office.proxy.release();
    await gateway.settled();
    expect(await who.buyer.seeSubscription(id)).toMatchObject({
      state: 'ACTIVE',
      syncState: 'SYNCED',
      product: { sku: 'IC-BASE-5TB' },
      capacityBytes: '7000000000000',
      recurringTotal: { amount: '52.50' },
      change: null,
    });
    const done = await who.buyer.seeChange(subscriptionChange.id);
    expect(done).toMatchObject({
      state: 'COMPLETED',
      operation: { state: 'SUCCEEDED' },
    });
    expect(done.completedAt).not.toBeNull();
    expect(await lots()).toEqual(['IC-ADD-1TB 2 × 750', 'IC-BASE-5TB 1 × 3750']);
  });

  test('product and add-ons change together; the steps that are not needed are skipped', async () => {
    const { kinds } = await changed({
      productId: product('IC-BASE-10TB'),
      addons: [units('IC-ADD-1TB', 0), units('IC-ADD-5TB', 1)],
    });
    expect(kinds).toEqual(['ADD_ADDONS', 'REDUCE_ADDONS', 'UPGRADE']);
    const subscription = await who.buyer.seeSubscription(id);
    expect(subscription).toMatchObject({
      product: { sku: 'IC-BASE-10TB' },
      capacityBytes: '15000000000000',
      recurringTotal: { amount: '106.00' },
      addons: [{ addon: { sku: 'IC-ADD-5TB' }, quantity: 1 }],
    });
    expect(subscription.operations.map(stepsOf).at(-1)).toEqual([
      'CHANGE_PRODUCT SUCCEEDED 1',
      'ASSIGN_ADDONS SUCCEEDED 1',
      'ACTIVATE_SERVICE SUCCEEDED 0',
    ]);
    await changed({ addons: [units('IC-ADD-5TB', 2)] });
    const { operations } = await who.buyer.seeSubscription(id);
    expect(operations.map(stepsOf).at(-1)).toEqual([
      'CHANGE_PRODUCT SKIPPED 0',
      'ASSIGN_ADDONS SUCCEEDED 1',
      'ACTIVATE_SERVICE SUCCEEDED 0',
    ]);
  });

  test('a reduction takes the newest lot first; a new price touches only what is bought later', async () => {
    await setPrice(700);
    await changed({ addons: [units('IC-ADD-1TB', 5)] });
    await setPrice(750);
    expect(await lots()).toEqual(['IC-ADD-1TB 2 × 750', 'IC-BASE-1TB 1 × 800', 'IC-ADD-1TB 3 × 700']);
    await changed({ addons: [units('IC-ADD-1TB', 1)] });
    expect(await lots()).toEqual(['IC-ADD-1TB 1 × 750', 'IC-BASE-1TB 1 × 800']);
    expect(await who.buyer.seeSubscription(id)).toMatchObject({
      recurringTotal: { amount: '15.50' },
    });
    const [{ recurringMinor }] = (await gateway.rows(
      'SELECT recurringMinor FROM subscriptions WHERE id = ?',
      [id],
    )) as [{ recurringMinor: number }];
    expect(recurringMinor).toBe(1550);
  });

  test('the lots of a subscription from before the change of schema are found from its operations', async () => {
    const { order } = await who.buyer.order({
      subscriptionId: id,
      addons: [units('IC-ADD-5TB', 1)],
    });
    await gateway.settled();
    expect((await who.buyer.seeOrder(order.id)).state).toBe('COMPLETED');
    await gateway.rows('DELETE FROM subscription_lots WHERE subscriptionId = ?', [id]);
    await changed({ addons: [units('IC-ADD-1TB', 1)] });
    expect(await lots()).toEqual(['IC-ADD-1TB 1 × 750', 'IC-BASE-1TB 1 × 800', 'IC-ADD-5TB 1 × 3600']);
    expect(await who.buyer.seeSubscription(id)).toMatchObject({
      recurringTotal: { amount: '51.50' },
    });
  });
});

describe('a change that needs a decision', () => {
  const reduce = { addons: [units('IC-ADD-1TB', 1)] };

  test('a direct customer awaits the distributor, whose ACCEPT begins it', async () => {
    const { preview } = await who.buyer.preview({
      subscriptionId: id,
      ...reduce,
    });
    expect(preview).toMatchObject({
      kinds: ['REDUCE_ADDONS'],
      needsDecision: true,
    });
    const { subscriptionChange } = await who.buyer.change({
      subscriptionId: id,
      ...reduce,
    });
    expect(subscriptionChange).toMatchObject({
      state: 'PENDING',
      awaiting: 'DISTRIBUTOR',
      operation: null,
    });
    expect(await effects(gateway)).toEqual([]);
    const own = await writingNothing(gateway, () =>
      who.buyer.decideChange({
        changeId: subscriptionChange.id,
        decision: 'ACCEPT',
      }),
    );
    expect(codes(own)).toEqual(['FORBIDDEN']);
    const decided = await who.manager.decideChange({
      changeId: subscriptionChange.id,
      decision: 'ACCEPT',
      note: 'Fine',
    });
    expect(decided.errors).toEqual([]);
    expect(decided.subscriptionChange).toMatchObject({
      state: 'ACCEPTED',
      awaiting: null,
      decisionNote: 'Fine',
      decidedBy: { email: 'manager@bss.example' },
    });
    await gateway.settled();
    expect(await who.buyer.seeChange(subscriptionChange.id)).toMatchObject({
      state: 'COMPLETED',
    });
    expect(await lots()).toEqual(['IC-ADD-1TB 1 × 750', 'IC-BASE-1TB 1 × 800']);
  });

  test('an end customer awaits its reseller, whose ACCEPT forwards it to the distributor', async () => {
    const line = {
      productId: product('IC-BASE-1TB'),
      addons: [units('IC-ADD-1TB', 2)],
    };
    id = (await who.manager.provisioned(ALPINE, line)).lines[0].subscription.id;
    const customer = office.person(END_CUSTOMER);
    const { subscriptionChange } = await customer.change({
      subscriptionId: id,
      ...reduce,
    });
    expect(subscriptionChange).toMatchObject({
      state: 'PENDING',
      awaiting: 'RESELLER',
      from: { recurringTotal: null },
      to: { recurringTotal: null },
    });
    const changeId = subscriptionChange.id;
    const forwarded = await who.reseller.decideChange({
      changeId,
      decision: 'ACCEPT',
      note: 'Go on',
    });
    expect(forwarded.subscriptionChange).toMatchObject({
      state: 'PENDING',
      awaiting: 'DISTRIBUTOR',
      decidedBy: null,
      to: { recurringTotal: { amount: expect.any(String) } },
    });
    const again = await writingNothing(gateway, () =>
      who.reseller.decideChange({ changeId, decision: 'REJECT' }),
    );
    expect(codes(again)).toEqual(['FORBIDDEN']);
    const { subscriptionChange: rejected } = await who.manager.decideChange({
      changeId,
      decision: 'REJECT',
    });
    expect(rejected).toMatchObject({
      state: 'REJECTED',
      decidedBy: { email: 'manager@bss.example' },
    });
    expect(await who.reseller.seeSubscription(id)).toMatchObject({
      change: null,
      syncState: 'SYNCED',
    });
  });

  test('a change is in the list of its decider while it is pending, and in none afterwards', async () => {
    const line = { productId: product('IC-BASE-1TB'), addons: [units('IC-ADD-1TB', 2)] };
    id = (await who.manager.provisioned(ALPINE, line)).lines[0].subscription.id;
    const list = async (person: BackOffice['who']['manager'], awaiting: string, states?: string[]) => {
      const query = `query ($filter: SubscriptionChangeFilter) {
        subscriptionChanges(filter: $filter) { nodes { id awaiting } totalCount } }`;
      const { data } = await person.send(query, { filter: { awaiting, states } });
      const { nodes, totalCount } = data.subscriptionChanges;
      expect(totalCount).toBe(nodes.length);
      return nodes;
    };
    const found = async () => [
      await list(who.reseller, 'RESELLER'),
      await list(who.reseller, 'DISTRIBUTOR'),
      await list(who.manager, 'DISTRIBUTOR', ['PENDING']),
      await list(who.manager, 'DISTRIBUTOR', ['ACCEPTED', 'REJECTED', 'COMPLETED', 'WITHDRAWN']),
      await list(who.otherReseller, 'RESELLER'),
    ];
    const customer = office.person(END_CUSTOMER);
    const requested = async () =>
      (await customer.change({ subscriptionId: id, ...reduce })).subscriptionChange.id;
    const withdrawn = await requested();
    await customer.withdrawChange({ changeId: withdrawn });
    expect(await found()).toEqual([[], [], [], [], []]);
    const changeId = await requested();
    expect(await found()).toEqual([[{ id: changeId, awaiting: 'RESELLER' }], [], [], [], []]);
    await who.reseller.decideChange({ changeId, decision: 'ACCEPT' });
    const forwarded = [{ id: changeId, awaiting: 'DISTRIBUTOR' }];
    expect(await found()).toEqual([[], forwarded, forwarded, [], []]);
    await who.manager.decideChange({ changeId, decision: 'ACCEPT' });
    await gateway.settled();
    expect(await who.manager.seeChange(changeId)).toMatchObject({ state: 'COMPLETED' });
    expect(await found()).toEqual([[], [], [], [], []]);
  });

  test('an end customer withdraws the changes of its colleagues, and not those of its reseller', async () => {
    const line = { productId: product('IC-BASE-1TB'), addons: [units('IC-ADD-1TB', 2)] };
    id = (await who.manager.provisioned(ALPINE, line)).lines[0].subscription.id;
    const colleague = office.person(COLLEAGUE);
    const offered = async () => {
      const { availableActions } = await colleague.seeSubscription(id);
      return availableActions.find(({ action }: { action: string }) => action === 'WITHDRAW_CHANGE');
    };
    for (const requester of [office.person(END_CUSTOMER), who.reseller]) {
      const isColleague = requester !== who.reseller;
      const { subscriptionChange } = await requester.change({ subscriptionId: id, ...reduce });
      const changeId = subscriptionChange.id;
      const { allowed, blockedBy } = await offered();
      const withdraw = () => colleague.withdrawChange({ changeId });
      const { errors } = isColleague ? await withdraw() : await writingNothing(gateway, withdraw);
      expect(allowed).toBe(isColleague);
      expect(errors).toEqual(isColleague ? [] : [blockedBy]);
      expect(codes({ errors })).toEqual(isColleague ? [] : ['FORBIDDEN']);
    }
  });

  test('a second change is refused with the open one, and so are orders and cancellations', async () => {
    const { subscriptionChange } = await who.buyer.change({
      subscriptionId: id,
      ...reduce,
    });
    const refused = [
      () =>
        who.buyer.change({
          subscriptionId: id,
          productId: product('IC-BASE-5TB'),
        }),
      () => who.buyer.request({ subscriptionId: id }),
      () => who.buyer.add({ subscriptionId: id, addons: [units('IC-ADD-1TB', 1)] }),
    ];
    for (const act of refused) {
      const { errors } = await writingNothing(gateway, act);
      expect(errors).toMatchObject([
        {
          code: 'CHANGE_ALREADY_REQUESTED',
          change: { id: subscriptionChange.id },
          path: ['subscriptionId'],
        },
      ]);
    }
    const { subscriptionChange: withdrawn } = await who.buyer.withdrawChange({
      changeId: subscriptionChange.id,
    });
    expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', awaiting: null });
    expect(codes(await who.buyer.withdrawChange({ changeId: subscriptionChange.id }))).toEqual([
      'INVALID_STATE',
    ]);
    expect((await who.buyer.change({ subscriptionId: id, ...reduce })).errors).toEqual([]);
  });
});

test('a change at the end of the period waits for it, and can be withdrawn until then', async () => {
  const { currentPeriodEnd } = await who.buyer.seeSubscription(id);
  const later = { addons: [units('IC-ADD-1TB', 0)], timing: 'END_OF_PERIOD' };
  const first = await changed(later);
  expect(first).toMatchObject({
    state: 'ACCEPTED',
    effectiveAt: currentPeriodEnd,
    operation: null,
  });
  await who.buyer.withdrawChange({ changeId: first.id });
  const second = await changed(later);
  ahead = Date.parse(currentPeriodEnd) - Date.now() - 60_000;
  await executeDueChanges(gateway.app.deps);
  expect(await who.buyer.seeChange(second.id)).toMatchObject({
    state: 'ACCEPTED',
    operation: null,
  });
  ahead += 120_000;
  await executeDueChanges(gateway.app.deps);
  await gateway.settled();
  expect(await who.buyer.seeChange(second.id)).toMatchObject({
    state: 'COMPLETED',
    effectiveAt: null,
  });
  expect(await lots()).toEqual(['IC-BASE-1TB 1 × 800']);
  expect(await who.buyer.seeChange(first.id)).toMatchObject({
    state: 'WITHDRAWN',
  });
});

test('a scheduled change of a subscription that got something else meanwhile is dropped', async () => {
  const { currentPeriodEnd } = await who.buyer.seeSubscription(id);
  const change = await changed({
    addons: [units('IC-ADD-1TB', 0)],
    timing: 'END_OF_PERIOD',
  });
  // As a process of the version before would leave it.
  await gateway.rows('UPDATE subscription_addons SET quantity = 3 WHERE subscriptionId = ?', [id]);
  ahead = Date.parse(currentPeriodEnd) - Date.now() + 60_000;
  await executeDueChanges(gateway.app.deps);
  expect(await who.buyer.seeChange(change.id)).toMatchObject({
    state: 'WITHDRAWN',
    operation: null,
  });
  expect((await ledger(gateway)).calls).toEqual({});
});

test('a change that the provider refuses can be retried', async () => {
  await faults(gateway, refuse('addons/update'));
  const change = await changed({ addons: [units('IC-ADD-1TB', 1)] });
  expect(change).toMatchObject({
    state: 'ACCEPTED',
    operation: { state: 'FAILED' },
  });
  expect(await who.buyer.seeSubscription(id)).toMatchObject({
    state: 'ACTIVE',
    syncState: 'FAILED',
  });
  const another = await writingNothing(gateway, () =>
    who.buyer.change({ subscriptionId: id, productId: product('IC-BASE-5TB') }),
  );
  expect(another.errors).toMatchObject([{ code: 'CHANGE_ALREADY_REQUESTED', change: { id: change.id } }]);
  const { errors } = await who.manager.retry({
    operationId: change.operation.id,
  });
  expect(errors).toEqual([]);
  await gateway.settled();
  expect(await who.buyer.seeChange(change.id)).toMatchObject({
    state: 'COMPLETED',
  });
  expect(await lots()).toEqual(['IC-ADD-1TB 1 × 750', 'IC-BASE-1TB 1 × 800']);
});

test.each<[what: string, input: object, code: string, path: string[] | null]>([
  ['the same contents', { addons: [units('IC-ADD-1TB', 2)] }, 'NOTHING_TO_CHANGE', null],
  ['nothing', {}, 'NOTHING_TO_CHANGE', null],
  ['the same product', { productId: product('IC-BASE-1TB') }, 'NOTHING_TO_CHANGE', null],
  ['an unknown product', { productId: 'prod_0' }, 'NOT_FOUND', ['productId']],
  ['a product of another service', { productId: product('CB-SERVER') }, 'PRODUCT_UNAVAILABLE', ['productId']],
  [
    'an unknown add-on',
    { addons: [{ addonId: 'add_0', quantity: 1 }] },
    'NOT_FOUND',
    ['addons', '0', 'addonId'],
  ],
  [
    'an add-on twice',
    { addons: [units('IC-ADD-1TB', 1), units('IC-ADD-1TB', 3)] },
    'INVALID_INPUT',
    ['addons', '1', 'addonId'],
  ],
  ['too many', { addons: [units('IC-ADD-1TB', 101)] }, 'QUANTITY_LIMIT', ['addons', '0', 'quantity']],
  ['fewer than none', { addons: [units('IC-ADD-1TB', -1)] }, 'INVALID_INPUT', ['addons', '0', 'quantity']],
  [
    'an add-on of another product',
    { addons: [{ addonId: addon('CB-ARCHIVE-100GB'), quantity: 1 }] },
    'ADDON_UNAVAILABLE',
    ['addons', '0', 'addonId'],
  ],
])(
  '%s is refused, in the preview as in the request, and nothing is written',
  async (_, input, code, path) => {
    const wanted = { subscriptionId: id, ...input };
    for (const person of [who.buyer, who.manager]) {
      const { errors } = await writingNothing(gateway, () => person.change(wanted));
      expect(errors).toMatchObject([{ code, path }]);
      expect((await person.preview(wanted)).errors).toEqual(errors);
    }
  },
);

test('a subscription of another tenant does not exist', async () => {
  const wanted = { subscriptionId: id, productId: product('IC-BASE-5TB') };
  for (const person of [who.otherBuyer, who.reseller, who.otherManager]) {
    expect(codes(await writingNothing(gateway, () => person.change(wanted)))).toEqual(['NOT_FOUND']);
    expect(codes(await person.preview(wanted))).toEqual(['NOT_FOUND']);
  }
  const { subscriptionChange } = await who.buyer.change({
    subscriptionId: id,
    addons: [units('IC-ADD-1TB', 0)],
  });
  for (const person of [who.otherBuyer, who.reseller, who.otherManager]) {
    expect(await person.seeChange(subscriptionChange.id)).toBeNull();
    const decide = () =>
      person.decideChange({
        changeId: subscriptionChange.id,
        decision: 'ACCEPT',
      });
    expect(codes(await writingNothing(gateway, decide))[0]).toMatch(/NOT_FOUND|FORBIDDEN/);
  }
});

test('a repeated key returns the first change; a stale version is refused', async () => {
  const input = {
    subscriptionId: id,
    addons: [units('IC-ADD-1TB', 1)],
    idempotencyKey: 'one',
  };
  const first = await who.buyer.change(input);
  const second = await who.buyer.change(input);
  expect(second.subscriptionChange.id).toBe(first.subscriptionChange.id);
  const changeId = first.subscriptionChange.id;
  const stale = await writingNothing(gateway, () =>
    who.buyer.withdrawChange({ changeId, expectedVersion: 9 }),
  );
  expect(codes(stale)).toEqual(['VERSION_CONFLICT']);
  await who.buyer.withdrawChange({ changeId, expectedVersion: 1 });
  const { version } = await who.buyer.seeSubscription(id);
  const other = {
    subscriptionId: id,
    addons: [units('IC-ADD-1TB', 1)],
    expectedVersion: version + 1,
  };
  expect(codes(await writingNothing(gateway, () => who.buyer.change(other)))).toEqual(['VERSION_CONFLICT']);
});

test('what the provider holds is what the subscription holds', async () => {
  await changed({
    productId: product('IC-BASE-10TB'),
    addons: [units('IC-ADD-1TB', 3), { addonId: FIVE_TB, quantity: 2 }],
  });
  await changed({
    productId: product('IC-BASE-5TB'),
    addons: [units('IC-ADD-5TB', 0)],
  });
  expect(await effects(gateway)).toEqual([
    'subscription.upgraded IC-BASE-10TB ×1',
    'addon.set IC-ADD-5TB=2 ×1',
    'addon.set IC-ADD-1TB=3 ×1',
    'subscription.downgraded IC-BASE-5TB ×1',
    'addon.cancelled IC-ADD-5TB=0 ×1',
  ]);
});
