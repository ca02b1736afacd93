import { administrator } from '../support/administrator';
import { type BackOffice, person, startBackOffice, tally } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { effects, faults, ledger, refuse } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { counts } from '../support/tables';

jest.setTimeout(120_000);

const ADDONS = [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }];
/** Each race is run so often. */
const rounds = [1, 2, 3, 4, 5];

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

/** Does `act` so often at once. */
const atOnce = <T>(times: number, act: (nth: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, nth) => act(nth)));

/** What every answer says: its errors' codes, or `done`. */
const said = (answers: { errors: { code: string }[] }[]) =>
  tally(answers.map(answer => codes(answer).join(' ') || 'done'));

const operations = (kind: string) =>
  gateway
    .rows('SELECT state FROM operations WHERE kind = ?', [kind])
    .then(rows => rows.map(row => row.state));

test.each(rounds)('an order executed twenty times at once is executed once (round %i)', async () => {
  const { id: orderId } = await who.manager.placed(NORTHWIND, { ...STORAGE, addons: ADDONS });
  const answers = await atOnce(20, () => who.manager.execute({ orderId }));
  expect(said(answers)).toEqual({ done: 1, INVALID_STATE: 19 });
  await gateway.settled();
  expect(await counts(gateway, 'orders', 'subscriptions', 'operations')).toEqual({
    orders: 1,
    subscriptions: 1,
    operations: 1,
  });
  expect((await who.manager.seeOrder(orderId)).state).toBe('COMPLETED');
  expect(await effects(gateway)).toEqual([
    'account.created User ×1',
    'subscription.created IC-BASE-1TB=1 ×1',
    'addon.set IC-ADD-1TB=1 ×1',
  ]);
});

test.each(rounds)('twenty calls with one key are one call with one answer (round %i)', async () => {
  const { id: orderId } = await who.manager.placed(NORTHWIND, STORAGE);
  const input = { orderId, idempotencyKey: newKey() };
  const answers = await atOnce(20, () => who.manager.execute(input));
  expect(said(answers)).toEqual({ done: 20 });
  expect(new Set(answers.map(({ order }) => order.lines[0].subscription.id)).size).toBe(1);
  await gateway.settled();
  expect(await operations('PROVISION')).toEqual(['SUCCEEDED']);
  // Long after, and though the order has moved on.
  const late = await who.manager.execute(input);
  expect(late).toMatchObject({ errors: [], order: { id: orderId, state: 'COMPLETED' } });
});

test.each(rounds)('of twenty orders for one customer executed at once one wins (round %i)', async () => {
  const orders = await atOnce(20, () => who.manager.placed(NORTHWIND, STORAGE));
  const answers = await atOnce(20, nth => who.manager.execute({ orderId: orders[nth]?.id }));
  expect(said(answers)).toEqual({ done: 1, ACTIVE_SUBSCRIPTION_EXISTS: 19 });
  await gateway.settled();
  expect(await counts(gateway, 'subscriptions', 'operations')).toEqual({ subscriptions: 1, operations: 1 });
  const [subscription] = await gateway.rows('SELECT id FROM subscriptions');
  for (const { errors } of answers.filter(answer => answer.errors.length > 0)) {
    expect(errors[0]).toMatchObject({ subscription: { id: subscription?.id } });
  }
  const states = await gateway.rows('SELECT state FROM orders');
  expect(tally(states.map(row => row.state))).toEqual({ COMPLETED: 1, SUBMITTED: 19 });
  expect((await effects(gateway)).filter(effect => effect.startsWith('subscription'))).toEqual([
    'subscription.created IC-BASE-1TB=1 ×1',
  ]);
});

test.each(rounds)('of ten accepts and ten rejects at once one decision stands (round %i)', async () => {
  const id = await who.manager.liveSubscription(NORTHWIND);
  const { id: requestId } = await who.buyer.requested(id);
  const decisions = ['ACCEPT', 'REJECT'];
  const answers = await atOnce(20, nth => who.manager.decide({ requestId, decision: decisions[nth % 2] }));
  expect(said(answers)).toEqual({ done: 1, INVALID_STATE: 19 });
  await gateway.settled();
  const accepted = answers.findIndex(answer => answer.errors.length === 0) % 2 === 0;
  const { state } = await who.buyer.seeRequest(requestId);
  const { state: subscription } = await who.buyer.seeSubscription(id);
  expect({ state, subscription, operations: await operations('DEPROVISION') }).toEqual(
    accepted
      ? { state: 'COMPLETED', subscription: 'CANCELLED', operations: ['SUCCEEDED'] }
      : { state: 'REJECTED', subscription: 'ACTIVE', operations: [] },
  );
  const events = await gateway.rows(
    `SELECT type FROM events WHERE requestId = ? AND type IN ('cancellation.accepted', 'cancellation.rejected')`,
    [requestId],
  );
  expect(events).toEqual([{ type: accepted ? 'cancellation.accepted' : 'cancellation.rejected' }]);
});

describe('of ten decisions of the reseller and ten of the account manager at once', () => {
  const END_CUSTOMER = 'ada@alpine.example';
  beforeAll(() =>
    administrator(gateway).does('createUser', {
      ...{ accountId: ALPINE, name: 'Ada', email: END_CUSTOMER, roles: ['CUSTOMER'] },
    }),
  );

  /** What twenty decisions on a request of an end customer come to. */
  async function decidedAtOnce(sku: string) {
    const order = await who.manager.provisioned(ALPINE, { productId: product(sku) });
    const { id: subscriptionId } = order.lines[0].subscription;
    const { id: requestId } = await person(gateway, END_CUSTOMER).requested(subscriptionId);
    const answers = await atOnce(20, nth => {
      const decider = nth % 2 === 0 ? who.reseller : who.manager;
      return decider.decide({ requestId, decision: nth % 4 < 2 ? 'ACCEPT' : 'REJECT' });
    });
    await gateway.settled();
    const events = await gateway.rows(
      `SELECT type FROM events WHERE requestId = ? AND type REGEXP 'forwarded|accepted|rejected' ORDER BY id`,
      [requestId],
    );
    const types = events.map(({ type }) => type.replace('cancellation.', ''));
    const { state } = await who.reseller.seeRequest(requestId);
    expect({ state, operations: await operations('DEPROVISION') }).toEqual(
      types.at(-1) === 'accepted'
        ? { state: 'COMPLETED', operations: ['SUCCEEDED'] }
        : { state: 'REJECTED', operations: [] },
    );
    return { said: said(answers), types };
  }

  test.each(rounds)('one stands if the service needs no decision (round %i)', async () => {
    const outcome = await decidedAtOnce('CB-SERVER');
    expect(outcome.types).toHaveLength(1);
    expect(outcome.said).toEqual({ done: 1, INVALID_STATE: 19 });
  });

  test.each(rounds)('one stands, after one ACCEPT of the reseller or none (round %i)', async () => {
    const { types, said: answers } = await decidedAtOnce('IC-BASE-1TB');
    const forwarded = types[0] === 'forwarded';
    expect(types).toHaveLength(forwarded ? 2 : 1);
    const { done, FORBIDDEN = 0, INVALID_STATE = 0 } = answers;
    expect([done, FORBIDDEN + INVALID_STATE]).toEqual(forwarded ? [2, 18] : [1, 19]);
  });
});

test.each(rounds)('of a concurrent withdrawal and decision one stands (round %i)', async () => {
  const id = await who.manager.liveSubscription(NORTHWIND);
  const { id: requestId } = await who.buyer.requested(id);
  const answers = await atOnce(10, nth =>
    nth % 2 === 0 ? who.buyer.withdraw({ requestId }) : who.manager.decide({ requestId, decision: 'ACCEPT' }),
  );
  expect(said(answers)).toEqual({ done: 1, INVALID_STATE: 9 });
  await gateway.settled();
  const withdrawn = answers.findIndex(answer => answer.errors.length === 0) % 2 === 0;
  const { state } = await who.buyer.seeRequest(requestId);
  const { state: subscription } = await who.buyer.seeSubscription(id);
  expect({ state, subscription, operations: await operations('DEPROVISION') }).toEqual(
    withdrawn
      ? { state: 'WITHDRAWN', subscription: 'ACTIVE', operations: [] }
      : { state: 'COMPLETED', subscription: 'CANCELLED', operations: ['SUCCEEDED'] },
  );
});

test.each(rounds)('twenty requests for one subscription at once are one request (round %i)', async () => {
  const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
  const answers = await atOnce(20, () => who.buyer.request({ subscriptionId }));
  expect(said(answers)).toEqual({ done: 1, CANCELLATION_ALREADY_REQUESTED: 19 });
  const [{ id }] = (await gateway.rows('SELECT id FROM cancellation_requests')) as [{ id: string }];
  expect(await counts(gateway, 'cancellation_requests')).toEqual({ cancellation_requests: 1 });
  const named = answers.flatMap(answer => answer.errors.map((error: any) => error.request.id));
  expect(new Set(named)).toEqual(new Set([id]));
});

test.each(rounds)(
  'of a concurrent add-on order and cancellation request one succeeds (round %i)',
  async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const { id: orderId } = await who.manager.placed(NORTHWIND, { subscriptionId, addons: ADDONS });
    // Whatever is begun stays so until both have been answered.
    office.proxy.hold('addons/create');
    const [executed, asked] = await Promise.all([
      who.manager.execute({ orderId }),
      who.buyer.request({ subscriptionId }),
    ]);
    office.proxy.release();
    await gateway.settled();
    const won = codes(executed).length === 0;
    expect([codes(executed), codes(asked)]).toEqual(
      won ? [[], ['SUBSCRIPTION_BUSY']] : [['CANCELLATION_ALREADY_REQUESTED'], []],
    );
    expect(await counts(gateway, 'cancellation_requests')).toEqual({ cancellation_requests: won ? 0 : 1 });
    expect(await operations('ADD_ADDONS')).toEqual(won ? ['SUCCEEDED'] : []);
  },
);

test.each(rounds)(
  'of a concurrent execution and withdrawal of an order one succeeds (round %i)',
  async () => {
    const { id: orderId } = await who.manager.placed(NORTHWIND, STORAGE);
    const answers = await atOnce(10, nth =>
      nth % 2 === 0 ? who.manager.execute({ orderId }) : who.manager.cancelOrder({ orderId }),
    );
    expect(said(answers)).toEqual({ done: 1, INVALID_STATE: 9 });
    await gateway.settled();
    const executed = answers.findIndex(answer => answer.errors.length === 0) % 2 === 0;
    expect((await who.manager.seeOrder(orderId)).state).toBe(executed ? 'COMPLETED' : 'CANCELLED');
    expect(await operations('PROVISION')).toEqual(executed ? ['SUCCEEDED'] : []);
  },
);

test.each(rounds)('twenty retries of one operation at once are one retry (round %i)', async () => {
  await faults(gateway, refuse('subscriptions/create'));
  const order = await who.manager.provisioned(NORTHWIND, STORAGE);
  office.proxy.hold('subscriptions/create');
  const operationId = order.operations[0].id;
  const answers = await atOnce(20, () => who.manager.retry({ operationId }));
  expect(said(answers)).toEqual({ done: 1, INVALID_STATE: 19 });
  office.proxy.release();
  await gateway.settled();
  expect((await who.manager.seeOrder(order.id)).state).toBe('COMPLETED');
  // Two pre-checks, the call that was refused, and the one that was retried.
  expect((await ledger(gateway)).calls['subscriptions/create']).toBe(4);
});

describe('an execution delayed by the provider while another one completes', () => {
  /** Begins `slow`, does `quick` while the pre-check of `slow` waits, and gives what `slow` comes to. */
  async function overtaken<T>(slow: () => Promise<T>, quick: () => Promise<unknown>): Promise<T> {
    const waits = office.proxy.holdPrecheck();
    const late = slow();
    await waits;
    await quick();
    await gateway.settled();
    office.proxy.release();
    return late;
  }

  test('returns the first answer if both have one idempotency key', async () => {
    const { id: orderId } = await who.manager.placed(NORTHWIND, STORAGE);
    const execute = () => who.manager.execute({ orderId, idempotencyKey: 'one key' });
    expect(await overtaken(execute, execute)).toMatchObject({ errors: [], order: { id: orderId } });
    expect(await operations('PROVISION')).toEqual(['SUCCEEDED']);
  });

  test("fails because the order is executed, not with the provider's rejection", async () => {
    const { id: orderId } = await who.manager.placed(NORTHWIND, STORAGE);
    const execute = () => who.manager.execute({ orderId });
    expect(codes(await overtaken(execute, execute))).toEqual(['INVALID_STATE']);
    expect(await operations('PROVISION')).toEqual(['SUCCEEDED']);
  });

  test('fails with the subscription that the customer has, executed or placed', async () => {
    const { id: first } = await who.manager.placed(NORTHWIND, STORAGE);
    const { id: second } = await who.manager.placed(NORTHWIND, STORAGE);
    const late = await overtaken(
      () => who.manager.execute({ orderId: first }),
      () => who.manager.execute({ orderId: second }),
    );
    expect(codes(late)).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS']);
    await office.reset();
    const placed = await overtaken(
      () => who.manager.place({ recipientId: NORTHWIND, lines: [STORAGE] }),
      () => who.manager.liveSubscription(NORTHWIND),
    );
    expect(codes(placed)).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS']);
    expect(await counts(gateway, 'orders')).toEqual({ orders: 1 });
  });
});
