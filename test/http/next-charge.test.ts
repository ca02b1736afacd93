import { administrator } from '../support/administrator';
import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { chargeRows, settleDue } from '../support/charges';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import type { TestGateway } from '../support/gateway';

const ONE_TB = addon('IC-ADD-1TB');
const END_CUSTOMER = 'ada@alpine.example';
const START = '2026-01-31T10:00:00.000Z';
const SECOND_PERIOD = '2026-02-28T10:00:00.000Z';
const THIRD_PERIOD = '2026-03-31T10:00:00.000Z';

let now = new Date(START);
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway, who } = office);
  const ada = { accountId: ALPINE, name: 'Ada', email: END_CUSTOMER, roles: ['CUSTOMER'] };
  await administrator(gateway).does('createUser', ada);
});
afterAll(() => office.stop());
beforeEach(async () => {
  now = new Date(START);
  await office.reset();
});

const reach = (time: string) => {
  now = new Date(time);
  return settleDue(gateway);
};

async function next(id: string, person: Pick<Person, 'send'> = who.buyer) {
  const query =
    'query ($id: ID!) { subscription(id: $id) { state nextCharge { at amount { amount currency } } } }';
  const { data, errors } = await person.send(query, { id });
  expect(errors).toBeUndefined();
  const { state, nextCharge } = data.subscription;
  return [state, nextCharge && `${nextCharge.at} ${nextCharge.amount.amount} ${nextCharge.amount.currency}`];
}

/** Sum of the charges of the period that begins at `time`. */
async function chargedAt(time: string): Promise<number> {
  const rows = (await chargeRows(gateway)).filter(row => row.periodStart.toISOString() === time);
  return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** An active subscription with two add-ons, 23.00 EUR a month. */
async function active(): Promise<string> {
  const line = { ...STORAGE, addons: [{ addonId: ONE_TB, quantity: 2 }] };
  return (await who.manager.provisioned(NORTHWIND, line)).lines[0].subscription.id;
}

const AS_IT_IS = `${SECOND_PERIOD} 23.00 EUR`;

test('of a pending subscription', async () => {
  office.proxy.hold('subscriptions');
  const { id: orderId } = await who.manager.placed(NORTHWIND, STORAGE);
  await who.manager.execute({ orderId });
  const [row] = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions');
  expect(await next(row?.id as string)).toEqual(['PENDING', null]);
  office.proxy.release();
  await gateway.settled();
  expect(await next(row?.id as string)).toEqual(['ACTIVE', `${SECOND_PERIOD} 8.00 EUR`]);
});

test('of an active subscription is what the renewal writes, and then that of the next period', async () => {
  const id = await active();
  expect(await next(id)).toEqual(['ACTIVE', AS_IT_IS]);
  await reach(SECOND_PERIOD);
  expect(await chargedAt(SECOND_PERIOD)).toBe(2300);
  expect(await next(id)).toEqual(['ACTIVE', `${THIRD_PERIOD} 23.00 EUR`]);
});

test('of a suspended subscription is as before', async () => {
  const id = await active();
  await who.manager.suspend({ subscriptionId: id });
  await gateway.settled();
  expect(await next(id)).toEqual(['SUSPENDED', AS_IT_IS]);
  await reach(SECOND_PERIOD);
  expect(await chargedAt(SECOND_PERIOD)).toBe(2300);
});

test('with a scheduled change is that after it; withdrawn, it is as before', async () => {
  const id = await active();
  const { subscriptionChange } = await who.manager.change({
    subscriptionId: id,
    addons: [{ addonId: ONE_TB, quantity: 1 }],
    timing: 'END_OF_PERIOD',
  });
  expect(await next(id)).toEqual(['ACTIVE', `${SECOND_PERIOD} 15.50 EUR`]);
  await who.manager.withdrawChange({ changeId: subscriptionChange.id });
  expect(await next(id)).toEqual(['ACTIVE', AS_IT_IS]);
});

test('with a change that awaits a decision is as before', async () => {
  const id = await active();
  const fewer = { subscriptionId: id, addons: [{ addonId: ONE_TB, quantity: 1 }], timing: 'END_OF_PERIOD' };
  const { subscriptionChange } = await who.buyer.change(fewer);
  expect(subscriptionChange.state).toBe('PENDING');
  expect(await next(id)).toEqual(['ACTIVE', AS_IT_IS]);
  await who.manager.decideChange({ changeId: subscriptionChange.id, decision: 'ACCEPT' });
  expect(await next(id)).toEqual(['ACTIVE', `${SECOND_PERIOD} 15.50 EUR`]);
  await reach(SECOND_PERIOD);
  expect(await chargedAt(SECOND_PERIOD)).toBe(1550);
});

test('after an accepted cancellation is null, and as before where it is withdrawn', async () => {
  const id = await active();
  const request = await who.manager.requested(id, { timing: 'END_OF_PERIOD' });
  expect(await next(id)).toEqual(['PENDING_CANCELLATION', null]);
  await who.manager.withdraw({ requestId: request.id });
  expect(await next(id)).toEqual(['ACTIVE', AS_IT_IS]);
  await who.manager.requested(id, { timing: 'END_OF_PERIOD' });
  await reach(SECOND_PERIOD);
  expect(await next(id)).toEqual(['CANCELLED', null]);
  expect(await chargedAt(SECOND_PERIOD)).toBe(0);
});

test('with a cancellation that awaits a decision is as before', async () => {
  const id = await active();
  await who.buyer.requested(id, { timing: 'END_OF_PERIOD' });
  expect((await next(id))[1]).toBe(AS_IT_IS);
});

test('of an end customer is for its reseller only', async () => {
  await who.reseller.order(STORAGE, ALPINE);
  await gateway.settled();
  const [row] = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions');
  const id = row?.id as string;
  expect(await next(id, office.person(END_CUSTOMER))).toEqual(['ACTIVE', null]);
  expect(await next(id, who.reseller)).toEqual(['ACTIVE', `${SECOND_PERIOD} 6.40 EUR`]);
});

describe('the preview of a change', () => {
  const CASES: readonly (readonly [string, object])[] = [
    ['an upgrade', { productId: product('IC-BASE-10TB') }],
    ['a reduction', { addons: [{ addonId: ONE_TB, quantity: 1 }] }],
    ['a reduction that takes everything', { addons: [{ addonId: ONE_TB, quantity: 0 }] }],
    ['more add-ons', { addons: [{ addonId: ONE_TB, quantity: 7 }] }],
    [
      'all of it together',
      {
        productId: product('IC-BASE-5TB'),
        addons: [
          { addonId: ONE_TB, quantity: 0 },
          { addonId: addon('IC-ADD-5TB'), quantity: 3 },
        ],
      },
    ],
  ];
  const CYCLES = ['MONTHLY', 'ANNUALLY'];
  /** The start of a period, and times within it that divide nothing. */
  const TIMES = [START, '2026-02-11T17:31:07.900Z'];

  const PREVIEW = `query ($input: PreviewSubscriptionChangeInput!) { previewSubscriptionChange(input: $input) {
    preview { dueNow { amount currency } credit { amount currency } nextCharge { at amount { amount currency } } } errors { code } } }`;

  async function preview(input: object, person: Pick<Person, 'send'> = who.manager) {
    const { data, errors } = await person.send(PREVIEW, { input });
    expect(errors).toBeUndefined();
    expect(data.previewSubscriptionChange.errors).toEqual([]);
    return data.previewSubscriptionChange.preview;
  }

  const euros = (minor: number) => ({ amount: (minor / 100).toFixed(2), currency: 'EUR' });

  /** Does what was previewed, and compares it with what the ledger then has. */
  async function expectWritten(subscriptionId: string, input: object): Promise<any> {
    const told = await preview({ subscriptionId, ...input });
    const before = new Set((await chargeRows(gateway)).map(({ id }) => id));
    expect((await who.manager.change({ subscriptionId, ...input })).errors).toEqual([]);
    await gateway.settled();
    const written = (await chargeRows(gateway)).filter(({ id }) => !before.has(id));
    const amounts = written.map(({ amountMinor }) => amountMinor);
    const sum = (some: number[]) => some.reduce((total, each) => total + each, 0);
    expect(told.dueNow).toEqual(euros(sum(amounts.filter(amount => amount > 0))));
    expect(told.credit).toEqual(euros(-sum(amounts.filter(amount => amount < 0))));
    const { at, amount } = told.nextCharge;
    expect((await next(subscriptionId))[1]).toBe(`${at} ${amount.amount} ${amount.currency}`);
    await reach(at);
    expect(amount).toEqual(euros(await chargedAt(at)));
    return { ...told, written };
  }

  const cases = CASES.flatMap(([name, input]) =>
    CYCLES.flatMap(cycle => TIMES.map(time => [name, cycle, time, input] as const)),
  );

  test.each(cases)('%s, %s, at %s, is what the change writes', async (_, billingCycle, time, input) => {
    const line = { ...STORAGE, billingCycle, addons: [{ addonId: ONE_TB, quantity: 2 }] };
    const order = await who.manager.provisioned(NORTHWIND, line);
    await reach(time);
    // Two lots of the add-on, at two times.
    const subscriptionId = order.lines[0].subscription.id;
    await who.manager.provisioned(NORTHWIND, { subscriptionId, addons: [{ addonId: ONE_TB, quantity: 3 }] });
    now = new Date(now.getTime() + 123_456);
    const { written } = await expectWritten(subscriptionId, input);
    expect(written.length).toBeGreaterThan(0);
  });

  test.each(CASES)('%s at the end of the period writes nothing now', async (_, input) => {
    const id = await active();
    await reach('2026-02-11T17:31:07.900Z');
    const { dueNow, credit, nextCharge } = await expectWritten(id, { ...input, timing: 'END_OF_PERIOD' });
    expect([dueNow, credit, nextCharge.at]).toEqual([euros(0), euros(0), SECOND_PERIOD]);
  });

  test('writes nothing, and tells an end customer no amounts', async () => {
    await who.reseller.order(STORAGE, ALPINE);
    await gateway.settled();
    const [row] = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions');
    const input = { subscriptionId: row?.id, addons: [{ addonId: ONE_TB, quantity: 1 }] };
    const before = await chargeRows(gateway);
    const told = { dueNow: null, credit: null, nextCharge: null };
    expect(await preview(input, office.person(END_CUSTOMER))).toEqual(told);
    expect((await preview(input, who.reseller)).dueNow).not.toBeNull();
    expect(await chargeRows(gateway)).toEqual(before);
  });
});
