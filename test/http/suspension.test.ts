import { DEMO_PASSWORD_HASH } from '../../dev/demo-data/people';
import { Role } from '../../src/entities';
import type { Provider } from '../../src/providers';
import { createUser } from '../../src/services/identity/create-user';
import { type BackOffice, type Person, startBackOffice, stepsOf } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { clearLedger, effects, fault, faults, ledger, refuse } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { writingNothing } from '../support/tables';

const END_CUSTOMER = 'it@alpine.example';
const ADDONS = [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }];

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  await gateway.app.deps.db.transaction(tx =>
    createUser(tx, {
      name: 'Anna Alp',
      email: END_CUSTOMER,
      roles: [Role.CUSTOMER],
      accountId: ALPINE,
      passwordHash: DEMO_PASSWORD_HASH,
    }),
  );
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

const action = (subscription: any, name: string) =>
  subscription.availableActions.find((it: any) => it.action === name);

/** The subscription as its account manager sees it. */
const seen = (id: string) => who.manager.seeSubscription(id);

describe('a suspension and its end', () => {
  test('take effect when the provider has confirmed', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    await clearLedger(gateway);
    office.proxy.hold('subscriptions/suspend');
    const { subscription, errors } = await who.manager.suspend({
      subscriptionId,
      reason: 'Unpaid since May',
    });
    expect(errors).toEqual([]);
    const active = { state: 'ACTIVE', syncState: 'PENDING', suspendedAt: null, suspensionReason: null };
    expect(subscription).toMatchObject(active);
    office.proxy.release();
    await gateway.settled();

    const suspended = await seen(subscriptionId);
    expect(suspended).toMatchObject({
      state: 'SUSPENDED',
      syncState: 'SYNCED',
      suspensionReason: 'Unpaid since May',
      recurringTotal: { amount: '8.00' },
    });
    expect(suspended.suspendedAt).not.toBeNull();
    expect(suspended.currentPeriodEnd).not.toBeNull();
    expect(action(suspended, 'RESUME')).toEqual({ action: 'RESUME', allowed: true, blockedBy: null });

    office.proxy.hold('subscriptions/activate');
    const begun = await who.admin.resume({ subscriptionId });
    expect(begun.errors).toEqual([]);
    expect(begun.subscription).toMatchObject({
      state: 'SUSPENDED',
      syncState: 'PENDING',
      suspensionReason: 'Unpaid since May',
    });
    office.proxy.release();
    await gateway.settled();

    const resumed = await seen(subscriptionId);
    expect(resumed).toMatchObject({ ...active, syncState: 'SYNCED' });
    expect(resumed.operations.map((it: any) => [it.kind, it.state, ...stepsOf(it)]).slice(1)).toEqual([
      ['SUSPEND', 'SUCCEEDED', 'SUSPEND_SERVICE SUCCEEDED 1'],
      ['RESUME', 'SUCCEEDED', 'RESUME_SERVICE SUCCEEDED 1'],
    ]);
    expect(await effects(gateway)).toEqual([
      'subscription.suspended IC-BASE-1TB ×1',
      'subscription.activated IC-BASE-1TB ×1',
    ]);
    const events = await gateway.rows(
      `SELECT type, message FROM events WHERE subscriptionId = ? AND type IN ('subscription.suspended', 'subscription.reactivated')
       ORDER BY occurredAt`,
      [subscriptionId],
    );
    expect(events.map(({ type }) => type)).toEqual(['subscription.suspended', 'subscription.reactivated']);
  });

  test('are for account managers and administrators; others write nothing', async () => {
    const [active, suspended] = [
      await who.manager.liveSubscription(ALPINE),
      await who.manager.suspendedSubscription(NORTHWIND),
    ];
    const both = async (person: Person, one: string, other: string) => [
      ...codes(await person.suspend({ subscriptionId: one })),
      ...codes(await person.resume({ subscriptionId: other })),
    ];
    await writingNothing(gateway, async () => {
      for (const person of [who.buyer, who.reseller]) {
        expect(await both(person, active, suspended)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      }
      const unknown = 'sub_01h00000000000000000000000';
      for (const id of [unknown, 'x'.repeat(500)]) {
        expect(await both(who.manager, id, id)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      }
      expect(await both(who.otherManager, active, active)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      const told = await who.otherManager.suspend({ subscriptionId: active });
      expect(told).toEqual(await who.otherManager.suspend({ subscriptionId: unknown }));
    });
    expect(codes(await who.admin.suspend({ subscriptionId: active }))).toEqual([]);
    expect(codes(await who.admin.resume({ subscriptionId: suspended }))).toEqual([]);
    await gateway.settled();
    expect([(await seen(active)).state, (await seen(suspended)).state]).toEqual(['SUSPENDED', 'ACTIVE']);
  });

  test('have a reason that end customers do not see, neither in the field nor in the events', async () => {
    const subscriptionId = await who.manager.liveSubscription(ALPINE);
    await who.manager.suspend({ subscriptionId, reason: 'Skyline has not paid' });
    await gateway.settled();
    for (const person of [who.manager, who.admin, who.reseller]) {
      expect((await person.seeSubscription(subscriptionId)).suspensionReason).toBe('Skyline has not paid');
    }
    const own = await office.person(END_CUSTOMER).seeSubscription(subscriptionId);
    expect(own).toMatchObject({ state: 'SUSPENDED', suspensionReason: null });
    expect(own.suspendedAt).not.toBeNull();
    expect(
      await gateway.rows(`SELECT id FROM events WHERE message LIKE '%not paid%' OR data LIKE '%not paid%'`),
    ).toEqual([]);
  });

  test('refuse bad input and an old version, and repeat the first answer of a key', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const { version } = await seen(subscriptionId);
    await writingNothing(gateway, async () => {
      for (const reason of ['', ' ', 'x'.repeat(1001)]) {
        const { errors } = await who.manager.suspend({ subscriptionId, reason });
        expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['reason'] }]);
      }
      const { errors } = await who.manager.suspend({ subscriptionId, expectedVersion: version - 1 });
      expect(errors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: version }]);
    });
    const input = {
      subscriptionId,
      reason: 'x'.repeat(1000),
      expectedVersion: version,
      idempotencyKey: newKey(),
    };
    for (let time = 0; time < 3; time += 1) {
      expect(codes(await who.manager.suspend(input))).toEqual([]);
      await gateway.settled();
    }
    expect(codes(await who.manager.suspend({ ...input, reason: 'Other' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect((await seen(subscriptionId)).suspensionReason).toBe('x'.repeat(1000));
    expect((await ledger(gateway)).calls['subscriptions/suspend']).toBe(1);
  });
});

/** Ways to a state or to open work, and the codes of a suspension and its end there. */
const situations: [name: string, reach: () => Promise<string>, suspend: string[], resume: string[]][] = [
  [
    'PENDING',
    async () => {
      await faults(gateway, refuse('subscriptions/create'));
      return (await who.manager.provisioned(NORTHWIND, STORAGE)).lines[0].subscription.id;
    },
    ['INVALID_STATE'],
    ['INVALID_STATE'],
  ],
  ['ACTIVE', () => who.manager.liveSubscription(NORTHWIND), [], ['INVALID_STATE']],
  ['SUSPENDED', () => who.manager.suspendedSubscription(NORTHWIND), ['INVALID_STATE'], []],
  ['PENDING_CANCELLATION', () => ending('END_OF_PERIOD'), ['INVALID_STATE'], ['INVALID_STATE']],
  ['CANCELLED', () => ending('IMMEDIATE'), ['INVALID_STATE'], ['INVALID_STATE']],
  [
    'ACTIVE with a requested cancellation',
    async () => {
      const id = await who.manager.liveSubscription(NORTHWIND);
      await who.buyer.requested(id);
      return id;
    },
    [],
    ['INVALID_STATE'],
  ],
  [
    'SUSPENDED with a requested cancellation',
    async () => {
      const id = await who.manager.suspendedSubscription(NORTHWIND);
      await who.buyer.requested(id);
      return id;
    },
    ['INVALID_STATE'],
    [],
  ],
  [
    'ACTIVE with a failed operation',
    async () => {
      const id = await who.manager.liveSubscription(NORTHWIND);
      await faults(gateway, refuse('addons/create'));
      await who.manager.provisioned(NORTHWIND, { subscriptionId: id, addons: ADDONS });
      return id;
    },
    ['INVALID_STATE'],
    ['INVALID_STATE'],
  ],
];

async function ending(timing: string): Promise<string> {
  const id = await who.manager.liveSubscription(NORTHWIND);
  const { id: requestId } = await who.manager.requested(id, { timing });
  await who.manager.decide({ requestId, decision: 'ACCEPT' });
  await gateway.settled();
  return id;
}

test.each(situations)('%s: mutations and availableActions agree', async (_, reach, suspend, resume) => {
  const subscriptionId = await reach();
  const subscription = await seen(subscriptionId);
  const told = ['SUSPEND', 'RESUME'].map(name => action(subscription, name).blockedBy?.code ?? null);
  expect(told).toEqual([suspend[0] ?? null, resume[0] ?? null]);
  await writingNothing(gateway, async () => {
    if (suspend.length > 0) expect(codes(await who.manager.suspend({ subscriptionId }))).toEqual(suspend);
    if (resume.length > 0) expect(codes(await who.manager.resume({ subscriptionId }))).toEqual(resume);
  });
  if (suspend.length === 0) expect(codes(await who.manager.suspend({ subscriptionId }))).toEqual([]);
  if (resume.length === 0) expect(codes(await who.manager.resume({ subscriptionId }))).toEqual([]);
});

test('another operation in progress blocks both with SUBSCRIPTION_BUSY', async () => {
  const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
  office.proxy.hold('subscriptions/suspend');
  await who.manager.suspend({ subscriptionId });
  expect(codes(await who.manager.suspend({ subscriptionId }))).toEqual(['SUBSCRIPTION_BUSY']);
  expect(codes(await who.manager.resume({ subscriptionId }))).toEqual(['SUBSCRIPTION_BUSY']);
  office.proxy.release();
  await gateway.settled();
  expect((await seen(subscriptionId)).state).toBe('SUSPENDED');
});

test('a failed cancellation blocks both until it is settled', async () => {
  const blocked = async (subscriptionId: string, name: 'suspend' | 'resume') => {
    await faults(gateway, refuse('subscriptions/cancel'));
    const { id } = await who.manager.requested(subscriptionId);
    await gateway.settled();
    const { errors } = await writingNothing(gateway, () => who.manager[name]({ subscriptionId }));
    expect(errors).toMatchObject([
      {
        code: 'CANCELLATION_ALREADY_REQUESTED',
        message: expect.stringMatching(
          /has failed at the provider. An account manager has to retry or abandon/,
        ),
        path: ['subscriptionId'],
        request: { id },
      },
    ]);
    const now = await seen(subscriptionId);
    expect(action(now, name.toUpperCase())).toMatchObject({ allowed: false, blockedBy: errors[0] });
    const operationId = now.operations.at(-1).id;
    expect((await who.manager.abandon({ operationId })).errors).toEqual([]);
    expect((await who.manager[name]({ subscriptionId })).errors).toEqual([]);
    await gateway.settled();
  };
  const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
  await blocked(subscriptionId, 'suspend');
  expect(await seen(subscriptionId)).toMatchObject({ state: 'SUSPENDED' });
  await blocked(subscriptionId, 'resume');
  expect(await seen(subscriptionId)).toMatchObject({ state: 'ACTIVE' });
});

describe('a suspension that the provider cannot do', () => {
  test('is refused before anything is written if the provider has none', async () => {
    const line = { productId: product('CB-SERVER'), quantity: 1, billingCycle: 'MONTHLY' };
    const order = await who.manager.provisioned(NORTHWIND, line);
    const subscriptionId = order.lines[0].subscription.id;
    const blocked = { code: 'INVALID_STATE', path: ['subscriptionId'] };
    for (const name of ['SUSPEND', 'RESUME']) {
      expect(action(await seen(subscriptionId), name)).toMatchObject({ allowed: false, blockedBy: blocked });
    }
    await writingNothing(gateway, async () => {
      expect((await who.manager.suspend({ subscriptionId })).errors).toMatchObject([blocked]);
      expect((await who.manager.resume({ subscriptionId })).errors).toMatchObject([blocked]);
    });
  });

  test('is refused before anything is written if this process does not know the provider', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const providers = gateway.app.deps.providers as Map<string, Provider>;
    const provider = providers.get('impossible-cloud') as Provider;
    providers.delete('impossible-cloud');
    try {
      await writingNothing(gateway, async () => {
        expect(codes(await who.manager.suspend({ subscriptionId }))).toEqual(['INVALID_STATE']);
      });
      expect(action(await seen(subscriptionId), 'SUSPEND')).toMatchObject({ allowed: false });
    } finally {
      providers.set('impossible-cloud', provider);
    }
  });

  test.each([
    ['suspend', 'ACTIVE', 'SUSPENDED', 'subscriptions/suspend'],
    ['resume', 'SUSPENDED', 'ACTIVE', 'subscriptions/activate'],
  ] as const)(
    '%s: a refusal of the provider leaves the subscription %s, and a retry makes it %s',
    async (mutation, before, after, endpoint) => {
      const reach = mutation === 'suspend' ? 'liveSubscription' : 'suspendedSubscription';
      const subscriptionId = await who.manager[reach](NORTHWIND);
      await clearLedger(gateway);
      await faults(gateway, refuse(endpoint));
      expect(codes(await who.manager[mutation]({ subscriptionId }))).toEqual([]);
      await gateway.settled();
      const failed = await seen(subscriptionId);
      expect(failed).toMatchObject({ state: before, syncState: 'FAILED' });
      expect(failed.operations.at(-1).state).toBe('FAILED');
      expect(await effects(gateway)).toEqual([]);
      expect(codes(await who.manager[mutation]({ subscriptionId }))).toEqual(['INVALID_STATE']);

      expect(codes(await who.manager.retry({ operationId: failed.operations.at(-1).id }))).toEqual([]);
      await gateway.settled();
      expect(await seen(subscriptionId)).toMatchObject({ state: after, syncState: 'SYNCED' });
      expect((await effects(gateway)).length).toBe(1);
    },
  );

  test.each([
    ['suspend', 'SUSPENDED', 'subscriptions/suspend', 'subscription.suspended'],
    ['resume', 'ACTIVE', 'subscriptions/activate', 'subscription.activated'],
  ] as const)(
    '%s: an answer that is lost is repeated, with one effect',
    async (mutation, after, endpoint, did) => {
      const reach = mutation === 'suspend' ? 'liveSubscription' : 'suspendedSubscription';
      const subscriptionId = await who.manager[reach](NORTHWIND);
      await clearLedger(gateway);
      await faults(gateway, fault('resetAfter', endpoint));
      await who.manager[mutation]({ subscriptionId });
      await gateway.settled();
      expect(await seen(subscriptionId)).toMatchObject({ state: after, syncState: 'SYNCED' });
      expect(await effects(gateway)).toEqual([`${did} IC-BASE-1TB ×1`]);
      expect((await ledger(gateway)).calls).toEqual({ [endpoint]: 2 });
    },
  );
});

describe('an abandoned operation', () => {
  const active = { state: 'ACTIVE', suspendedAt: null, suspensionReason: null };
  const suspended = { state: 'SUSPENDED', suspensionReason: 'Unpaid' };

  test.each([
    ['suspend', active, 'subscriptions/suspend', 'RESUME_SERVICE', ['suspended', 'activated']],
    ['resume', suspended, 'subscriptions/activate', 'SUSPEND_SERVICE', ['activated', 'suspended']],
  ] as const)(
    '%s: the provider is set back to the state that the subscription kept',
    async (mutation, kept, endpoint, step, did) => {
      const reach = mutation === 'suspend' ? 'liveSubscription' : 'suspendedSubscription';
      const subscriptionId = await who.manager[reach](NORTHWIND);
      await clearLedger(gateway);
      await faults(gateway, fault('resetAfter', endpoint, { times: 8 }));
      await who.manager[mutation]({ subscriptionId });
      await gateway.settled();
      const operation = (await seen(subscriptionId)).operations.at(-1);
      expect(operation.state).toBe('FAILED');
      await faults(gateway);
      const { undo, errors } = await who.manager.abandon({ operationId: operation.id });
      expect(errors).toEqual([]);
      expect(undo).toMatchObject({ kind: 'UNDO', steps: [{ name: step }] });
      await gateway.settled();
      expect(await seen(subscriptionId)).toMatchObject({ ...kept, syncState: 'SYNCED' });
      expect(await effects(gateway)).toEqual(did.map(effect => `subscription.${effect} IC-BASE-1TB ×1`));
    },
  );
});

describe('while a subscription is suspended', () => {
  test('it gets no add-ons and no change: SUBSCRIPTION_SUSPENDED, and nothing is written', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const line = { subscriptionId, addons: ADDONS };
    expect(codes(await who.buyer.add(line))).toEqual([]);
    const { basket } = await who.buyer.confirm();
    const { id: orderId } = await who.manager.placed(NORTHWIND, line);
    await who.manager.suspend({ subscriptionId });
    await gateway.settled();

    const suspended = [{ code: 'SUBSCRIPTION_SUSPENDED' }];
    await writingNothing(gateway, async () => {
      const checkout = { basketId: basket.id, idempotencyKey: newKey() };
      expect((await who.buyer.checkout(checkout)).errors).toMatchObject(suspended);
      expect((await who.manager.execute({ orderId })).errors).toMatchObject(suspended);
      const placed = await who.manager.place({ recipientId: NORTHWIND, lines: [line] });
      expect(placed.errors).toMatchObject(suspended);
      const change = { subscriptionId, addons: ADDONS };
      expect((await who.buyer.change(change)).errors).toMatchObject(suspended);
      expect((await who.manager.preview(change)).errors).toMatchObject(suspended);
    });
    expect((await who.buyer.basket()).problems).toMatchObject(suspended);
    await who.buyer.empty();
    await writingNothing(gateway, async () => {
      expect((await who.buyer.add(line)).errors).toMatchObject(suspended);
    });
    const told = await who.manager.seeSubscription(subscriptionId);
    for (const name of ['BUY_ADDONS', 'CHANGE']) {
      expect(action(told, name).blockedBy).toMatchObject({ code: 'SUBSCRIPTION_SUSPENDED' });
    }
  });

  test('it can be cancelled, and has no suspension when it has ended', async () => {
    const id = await who.manager.suspendedSubscription(NORTHWIND);
    await clearLedger(gateway);
    const { id: requestId } = await who.buyer.requested(id);
    expect(codes(await who.manager.decide({ requestId, decision: 'ACCEPT' }))).toEqual([]);
    await gateway.settled();
    expect(await seen(id)).toMatchObject({ state: 'CANCELLED', suspendedAt: null, suspensionReason: null });
    expect(await effects(gateway)).toEqual(['subscription.cancelled IC-BASE-1TB ×1']);
  });

  test.each(['after', 'during'] as const)(
    'a cancellation for the end of the period, accepted %s the suspension, continues when it is resumed, and can be withdrawn',
    async when => {
      const id = await who.manager.liveSubscription(NORTHWIND);
      const { id: requestId } = await who.buyer.requested(id, { timing: 'END_OF_PERIOD' });
      const end = (await seen(id)).currentPeriodEnd;
      if (when === 'during') office.proxy.hold('subscriptions/suspend');
      await who.manager.suspend({ subscriptionId: id });
      if (when === 'after') await gateway.settled();
      expect(codes(await who.manager.decide({ requestId, decision: 'ACCEPT' }))).toEqual([]);
      office.proxy.release();
      await gateway.settled();
      expect((await seen(id)).state).toBe('SUSPENDED');

      await who.manager.resume({ subscriptionId: id });
      await gateway.settled();
      expect(await seen(id)).toMatchObject({
        state: 'PENDING_CANCELLATION',
        syncState: 'SYNCED',
        suspendedAt: null,
        currentPeriodEnd: end,
        cancellationRequest: { id: requestId, state: 'ACCEPTED' },
      });
      expect(codes(await who.buyer.withdraw({ requestId }))).toEqual([]);
      expect((await seen(id)).state).toBe('ACTIVE');
    },
  );
});
