import { type BackOffice, startBackOffice, stepsOf } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { clearLedger, effects, fault, faults, ledger, refuse } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { writingNothing } from '../support/tables';

const LINE = {
  productId: product('IC-BASE-1TB'),
  addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }],
};

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

/** Orders for an end customer while the provider does `set`; resolves to the order when nothing moves any more. */
async function failed(...set: object[]) {
  await faults(gateway, ...set);
  const { order, errors } = await who.reseller.order(LINE, ALPINE);
  expect(errors).toEqual([]);
  await gateway.settled();
  return who.manager.seeOrder(order.id);
}

const NEEDED = [
  'CREATE_SUBSCRIPTION',
  'SYNCHRONIZE_RESELLER',
  'IMPORT_CUSTOMER',
  'ASSIGN_LICENSE',
  'ASSIGN_ADDONS',
  'ACTIVATE_SERVICE',
];
const attemptsOf = (name: string) => (name === 'CREATE_SUBSCRIPTION' || name === 'ACTIVATE_SERVICE' ? 0 : 1);

/** Each step that calls, the fault that stops it, and what a retry still has to call. */
const stops = [
  {
    step: 'SYNCHRONIZE_RESELLER',
    by: [refuse('accounts/synchronize', { recipient: 'Skyline IT' })],
    calls: {
      'accounts/exists': 2,
      'accounts/synchronize': 2,
      'subscriptions/create': 1,
      'addons/create': 1,
    },
  },
  {
    step: 'IMPORT_CUSTOMER',
    by: [refuse('accounts/synchronize', { recipient: 'Alpine Dental' })],
    calls: {
      'accounts/exists': 1,
      'accounts/synchronize': 1,
      'subscriptions/create': 1,
      'addons/create': 1,
    },
  },
  {
    step: 'ASSIGN_LICENSE',
    by: [refuse('subscriptions/create')],
    calls: { 'subscriptions/create': 1, 'addons/create': 1 },
  },
  { step: 'ASSIGN_ADDONS', by: [refuse('addons/create')], calls: { 'addons/create': 1 } },
];

test.each(stops)(
  'an order rejected at $step fails, and a retry starts at that step',
  async ({ step, by, calls }) => {
    const order = await failed(...by);
    const at = NEEDED.indexOf(step);
    expect(order.state).toBe('FAILED');
    const [operation] = order.operations;
    expect(operation.state).toBe('FAILED');
    expect(operation.progress).toBe(at / NEEDED.length);
    expect(stepsOf(operation)).toEqual(
      NEEDED.map((name, index) => {
        if (index < at) return `${name} SUCCEEDED ${attemptsOf(name)}`;
        return index === at ? `${name} FAILED 1` : `${name} PENDING 0`;
      }),
    );
    expect(operation.steps[at].error).toMatchObject({ code: 'REJECTED', providerCode: -1 });
    expect(order.lines[0].subscription).toMatchObject({ state: 'PENDING', syncState: 'FAILED' });
    // A reader of events hears last that the order has failed, and of the operation that it has.
    const events = await gateway.rows<{ type: string; data: { operationState?: string } }>(
      'SELECT type, data FROM events WHERE operationId = ? OR orderId = ? ORDER BY id DESC LIMIT 3',
      [operation.id, order.id],
    );
    expect(events.map(({ type, data }) => [type, data.operationState])).toEqual([
      ['order.failed', undefined],
      ['operation.changed', 'FAILED'],
      ['step.changed', 'RUNNING'],
    ]);

    await clearLedger(gateway);
    const retried = await who.manager.retry({ operationId: operation.id });
    expect(retried.errors).toEqual([]);
    expect(['PENDING', 'RUNNING', 'SUCCEEDED']).toContain(retried.operation.state);
    await gateway.settled();
    expect((await ledger(gateway)).calls).toEqual(calls);
    const done = await who.reseller.seeOrder(order.id);
    expect(done.state).toBe('COMPLETED');
    expect(done.operations.map(stepsOf)).toEqual([
      NEEDED.map(name => `${name} SUCCEEDED ${attemptsOf(name)}`),
    ]);
    expect(done.operations[0].steps.map((it: any) => it.error)).toEqual(Array(6).fill(null));
    const subscription = await who.reseller.seeSubscription(done.lines[0].subscription.id);
    expect(subscription).toMatchObject({
      state: 'ACTIVE',
      syncState: 'SYNCED',
      capacityBytes: '3000000000000',
    });
  },
);

test('after all failures and retries, each effect took place once', async () => {
  const order = await failed(
    refuse('accounts/synchronize', { recipient: 'Skyline IT' }),
    refuse('accounts/synchronize', { recipient: 'Alpine Dental' }),
    refuse('subscriptions/create'),
    refuse('addons/create'),
  );
  for (let retries = 0; retries < 4; retries += 1) {
    expect((await who.manager.seeOrder(order.id)).state).toBe('FAILED');
    expect(codes(await who.manager.retry({ operationId: order.operations[0].id }))).toEqual([]);
    await gateway.settled();
  }
  expect((await who.manager.seeOrder(order.id)).state).toBe('COMPLETED');
  expect(await effects(gateway)).toEqual([
    'account.created Reseller ×1',
    'account.created User under prt ×1',
    'subscription.created IC-BASE-1TB=1 ×1',
    'addon.set IC-ADD-1TB=2 ×1',
  ]);
});

test('transient faults are retried automatically up to a limit, after which a manager can retry', async () => {
  const order = await failed(fault('status', 'addons/create', { times: 8 }));
  expect(order.state).toBe('FAILED');
  expect(stepsOf(order.operations[0])[4]).toBe('ASSIGN_ADDONS FAILED 8');
  expect(order.operations[0].steps[4].error.code).toBe('UNAVAILABLE');
  await faults(gateway, fault('status', 'addons/create', { times: 7 }));
  await who.admin.retry({ operationId: order.operations[0].id });
  await gateway.settled();
  const done = await who.manager.seeOrder(order.id);
  expect(done.state).toBe('COMPLETED');
  expect(stepsOf(done.operations[0])[4]).toBe('ASSIGN_ADDONS SUCCEEDED 8');
});

test('a retry of the failed line completes an order with two lines', async () => {
  await who.reseller.add({ productId: product('CB-SERVER'), quantity: 2 });
  await faults(gateway, refuse('addons/create'));
  const { order } = await who.reseller.order(LINE, ALPINE);
  await gateway.settled();
  const before = await who.manager.seeOrder(order.id);
  expect(before.state).toBe('FAILED');
  expect(before.operations.map((it: any) => it.state).sort()).toEqual(['FAILED', 'SUCCEEDED']);
  const operation = before.operations.find((it: any) => it.state === 'FAILED');
  await who.manager.retry({ operationId: operation.id });
  await gateway.settled();
  expect((await who.manager.seeOrder(order.id)).state).toBe('COMPLETED');
});

test('repetitions of one retry with one key are one retry', async () => {
  const order = await failed(refuse('addons/create'));
  await clearLedger(gateway);
  const input = { operationId: order.operations[0].id, idempotencyKey: newKey() };
  const answers = await Promise.all(Array.from({ length: 10 }, () => who.manager.retry(input)));
  expect(answers.flatMap(codes)).toEqual([]);
  expect(new Set(answers.map(({ operation }) => operation.id))).toEqual(new Set([input.operationId]));
  await gateway.settled();
  expect(codes(await who.manager.retry(input))).toEqual([]);
  await gateway.settled();
  expect((await ledger(gateway)).calls).toEqual({ 'addons/create': 1 });
});

test('a retry requires an account manager or administrator with access, and a failed operation', async () => {
  const order = await failed(refuse('addons/create'));
  const operationId = order.operations[0].id;
  await writingNothing(gateway, async () => {
    expect(codes(await who.reseller.retry({ operationId }))).toEqual(['FORBIDDEN']);
    expect(codes(await who.buyer.retry({ operationId }))).toEqual(['FORBIDDEN']);
    const ask = (id: string) => who.otherManager.retry({ operationId: id, idempotencyKey: 'same' });
    const foreign = await ask(operationId);
    expect(codes(foreign)).toEqual(['NOT_FOUND']);
    expect(JSON.stringify(foreign)).toBe(JSON.stringify(await ask('op_01h00000000000000000000000')));
  });
  office.proxy.hold('addons/create');
  expect(codes(await who.admin.retry({ operationId }))).toEqual([]);
  expect(codes(await who.manager.retry({ operationId }))).toEqual(['INVALID_STATE']);
  office.proxy.release();
  await gateway.settled();
  await writingNothing(gateway, async () => {
    expect(codes(await who.manager.retry({ operationId }))).toEqual(['INVALID_STATE']);
  });
});
