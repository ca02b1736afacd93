import { accountId } from '../../dev/demo-data';
import { type Person, people, person } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { clearLedger, fault, faults, ledger, refusePrecheck } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { counts, everything, writingNothing } from '../support/tables';

let gateway: TestGateway;
let reseller: Person;
let customer: Person;
let manager: Person;
beforeAll(async () => {
  gateway = await startTestGateway();
  ({ reseller, buyer: customer, manager } = people(gateway));
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

const NOBODY = 'acc_01kdvdna00zzzzzzzzzzzzzzzz';

/** A basket that is ready for checkout. */
async function ready(who: Person, line: object = STORAGE, recipientId?: string) {
  expect((await who.add(line)).errors).toEqual([]);
  if (recipientId) await who.choose({ accountId: recipientId });
  const { basket, errors } = await who.confirm();
  expect([errors, basket.step]).toEqual([[], 'COMPLETE']);
  return basket;
}

describe('a checkout', () => {
  test('answers with the order that can be read afterwards', async () => {
    // Without what provisioning changes.
    const fields = `id number source placedAt executedAt externalReference purchaseOrderNumber
      total { amount currency } recurring { amount { amount } } recipient { id } reseller { id } placedBy { id }
      executedBy { id } billing { company vatNumber email addressLine1 addressLine2 city postalCode country }`;
    const basket = await ready(reseller, STORAGE, ALPINE);
    const references = { externalReference: 'ERP 7', purchaseOrderNumber: 'PO 7' };
    const { data } = await reseller.send(
      `mutation ($input: CheckoutInput!) { checkout(input: $input) { order { state version ${fields} } } }`,
      { input: { basketId: basket.id, idempotencyKey: newKey(), ...references } },
    );
    const { state, version, ...order } = data.checkout.order;
    expect([state, version]).toEqual(['EXECUTING', 1]);
    expect(order).toMatchObject(references);
    const read = await reseller.send(`query ($id: ID) { order(id: $id) { ${fields} } }`, { id: order.id });
    expect(read.data.order).toEqual(order);
  });

  test('creates an executed order for the recipient with the confirmed prices, and empties the basket', async () => {
    const line = {
      ...STORAGE,
      friendlyName: 'Backups',
      addons: [{ addonId: addon('IC-ADD-5TB'), quantity: 2 }],
    };
    const basket = await ready(reseller, line, ALPINE);
    const { order, errors } = await reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    expect(errors).toEqual([]);
    expect(order).toMatchObject({
      number: expect.stringMatching(/^ORD-\d{4}-\d{6}$/),
      source: 'STOREFRONT',
      state: 'EXECUTING',
      total: { amount: '64.00', currency: 'EUR' },
      recipient: { name: 'Alpine Dental' },
      reseller: { name: 'Skyline IT' },
      placedBy: { email: 'sales@skyline.example' },
      executedBy: { email: 'sales@skyline.example' },
      billing: { company: 'Skyline IT' },
      lines: [{ quantity: 1, friendlyName: 'Backups', total: { amount: '64.00' } }],
      operations: [{ kind: 'PROVISION' }],
    });
    expect(order.lines[0].subscription).toEqual({
      id: expect.stringMatching(/^sub_/),
      state: 'PENDING',
      syncState: 'PENDING',
    });
    expect(
      await counts(
        gateway,
        'orders',
        'order_lines',
        'subscriptions',
        'operations',
        'steps',
        'idempotency_keys',
      ),
    ).toEqual({
      orders: 1,
      order_lines: 1,
      subscriptions: 1,
      operations: 1,
      steps: 6,
      idempotency_keys: 1,
    });
    expect(await reseller.basket()).toMatchObject({ version: 1, lines: [], recipient: null, step: 'BASKET' });
    const { data } = await reseller.send('query ($number: String) { order(number: $number) { id } }', {
      number: order.number.toLowerCase(),
    });
    expect(data.order).toEqual({ id: order.id });
  });

  test('for an end customer names the customer and bills its reseller', async () => {
    const { id } = await ready(reseller, STORAGE, accountId('Skyline Labs'));
    const { order } = await reseller.checkout({ basketId: id, idempotencyKey: newKey() });
    expect(order).toMatchObject({ recipient: { name: 'Skyline Labs' }, reseller: { name: 'Skyline IT' } });
  });

  test('sends one pre-check for each new subscription', async () => {
    await customer.add(STORAGE);
    await customer.add({ productId: product('CB-SERVER') });
    const { basket } = await customer.confirm();
    // Nothing is provisioned meanwhile: every call is a pre-check.
    await faults(gateway, fault('status', 'accounts/exists', { times: 1000 }));
    expect((await customer.checkout({ basketId: basket.id, idempotencyKey: newKey() })).errors).toEqual([]);
    // The broker has no pre-check: its first call decides.
    expect((await ledger(gateway)).calls['subscriptions/create']).toBe(1);
    await clearLedger(gateway);
    await gateway.settled();
  });
});

describe('an idempotency key', () => {
  test('returns the same order at every repetition, and writes nothing', async () => {
    const { id: basketId } = await ready(customer);
    const input = { basketId, idempotencyKey: newKey() };
    const { order } = await customer.checkout(input);
    await gateway.settled();
    for (let n = 0; n < 3; n += 1) {
      const again = await writingNothing(gateway, () => customer.checkout(input));
      expect([again.errors, again.order.id, again.order.state]).toEqual([[], order.id, 'COMPLETED']);
    }
    // Blanks around it are not part of it.
    const padded = await writingNothing(gateway, () =>
      customer.checkout({ ...input, idempotencyKey: `  ${input.idempotencyKey} ` }),
    );
    expect(padded.order.id).toBe(order.id);
  });

  test('with another input is rejected', async () => {
    const first = await ready(customer);
    const idempotencyKey = newKey();
    await customer.checkout({ basketId: first.id, idempotencyKey });
    await gateway.settled();
    const second = await ready(customer, { productId: product('CB-SERVER') });
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] };
    for (const input of [
      { basketId: second.id },
      { basketId: first.id, expectedVersion: first.version },
      { basketId: 'bkt_none' },
    ]) {
      const payload = await writingNothing(gateway, () => customer.checkout({ ...input, idempotencyKey }));
      expect(payload).toMatchObject({ order: null, errors: [reused] });
    }
  });

  test('in another case, of another user or of another mutation is another key', async () => {
    const idempotencyKey = 'a key';
    const { id } = await ready(customer, { productId: product('CB-SERVER') });
    const { order } = await customer.checkout({ basketId: id, idempotencyKey });
    const next = await ready(customer, { productId: product('CB-SERVER') });
    const other = await customer.checkout({ basketId: next.id, idempotencyKey: 'A key' });
    const theirs = await ready(reseller, { productId: product('CB-SERVER') }, ALPINE);
    const another = await reseller.checkout({ basketId: theirs.id, idempotencyKey });
    await gateway.settled();
    const subscriptionId = order.lines[0].subscription.id;
    const ending = await customer.request({ subscriptionId, idempotencyKey });
    expect([other, another, ending].map(payload => payload.errors)).toEqual([[], [], []]);
    expect(new Set([order.id, other.order.id, another.order.id]).size).toBe(3);
  });

  test('stays usable after a rejection: the same call succeeds once its cause is fixed', async () => {
    await customer.add(STORAGE);
    const { id: basketId } = await customer.basket();
    const input = { basketId, idempotencyKey: newKey() };
    const refused = await writingNothing(gateway, () => customer.checkout(input));
    expect(refused).toMatchObject({
      order: null,
      errors: [{ code: 'BILLING_NOT_CONFIRMED', path: ['billing'] }],
    });
    await customer.confirm();
    const { order, errors } = await customer.checkout(input);
    expect([errors, order.state]).toEqual([[], 'EXECUTING']);
  });

  test('does not create a second order from a basket checked out with another key', async () => {
    const { id: basketId } = await ready(customer);
    const { order } = await customer.checkout({ basketId, idempotencyKey: newKey() });
    await gateway.settled();
    const before = await everything(gateway);
    const again = await customer.checkout({ basketId, idempotencyKey: newKey() });
    expect([again.errors, again.order.id]).toEqual([[], order.id]);
    // Only the key is remembered.
    const { idempotency_keys: keys, ...rest } = await everything(gateway);
    const { idempotency_keys: keysBefore, ...restBefore } = before;
    expect([keysBefore?.length, keys?.length]).toEqual([1, 2]);
    expect(rest).toEqual(restBefore);
  });
});

describe('the pre-check of the provider', () => {
  test("that fails is reported with the provider's message and code, and writes nothing", async () => {
    const { id: basketId } = await ready(customer);
    await faults(gateway, refusePrecheck(-77));
    const input = { basketId, idempotencyKey: newKey() };
    const payload = await writingNothing(gateway, () => customer.checkout(input));
    expect(payload).toEqual({
      order: null,
      errors: [
        {
          __typename: 'ProviderRejectedError',
          code: 'PROVIDER_REJECTED',
          message: expect.stringContaining('Refused by the simulator'),
          path: null,
          providerCode: -77,
        },
      ],
    });
    expect((await customer.basket()).step).toBe('COMPLETE');
    // The key is not burnt, and the provider may think again.
    expect((await customer.checkout(input)).errors).toEqual([]);
  });

  test('that fails for one of several lines rejects the whole order', async () => {
    await customer.add({ productId: product('CB-SERVER') });
    const { id: basketId } = await ready(customer, { ...STORAGE, friendlyName: 'Not this [precheck]' });
    const payload = await writingNothing(gateway, () =>
      customer.checkout({ basketId, idempotencyKey: newKey() }),
    );
    expect(payload).toMatchObject({ order: null, errors: [{ code: 'PROVIDER_REJECTED' }] });
  });

  test.each([
    ['is not to be had', 'status'],
    ['breaks off', 'resetAfter'],
    ['cannot be read', 'malformed'],
    ['takes longer than anybody waits', 'hang'],
  ])('that %s does not prevent the order', async (_, how) => {
    const { id: basketId } = await ready(customer);
    await faults(gateway, fault(how, 'subscriptions/create', { checkOnly: true }));
    const { order, errors } = await customer.checkout({ basketId, idempotencyKey: newKey() });
    expect([errors, order.state]).toEqual([[], 'EXECUTING']);
    await gateway.settled();
    expect((await customer.seeOrder(order.id)).state).toBe('COMPLETED');
  });

  test('is not called if a rule of the gateway rejects the order', async () => {
    await customer.add(STORAGE);
    const { id: basketId } = await customer.basket();
    await customer.checkout({ basketId, idempotencyKey: newKey() });
    expect((await ledger(gateway)).calls).toEqual({});
  });
});

describe('a second subscription of a service that allows one', () => {
  test('is rejected with the existing one in every state, and accepted after its end', async () => {
    const first = await ready(customer);
    const { order } = await customer.checkout({ basketId: first.id, idempotencyKey: newKey() });
    await gateway.settled();
    const subscriptionId = order.lines[0].subscription.id;
    const stateOf = async () => (await customer.seeSubscription(subscriptionId)).state;
    const second = await (async () => {
      await customer.add(STORAGE);
      return (await customer.confirm()).basket;
    })();
    const input = { basketId: second.id, idempotencyKey: newKey() };
    const refused = async () => {
      const payload = await writingNothing(gateway, () => customer.checkout(input));
      expect(payload).toEqual({
        order: null,
        errors: [
          {
            __typename: 'ActiveSubscriptionExistsError',
            code: 'ACTIVE_SUBSCRIPTION_EXISTS',
            message: expect.stringContaining(
              'Northwind Traders already has a subscription of Impossible Cloud Storage',
            ),
            path: ['lines', '0', 'productId'],
            subscription: { id: subscriptionId },
          },
        ],
      });
    };
    expect(await stateOf()).toBe('ACTIVE');
    await refused();
    const { id: requestId } = await customer.requested(subscriptionId);
    await refused();
    expect((await manager.decide({ requestId, decision: 'REJECT' })).errors).toEqual([]);
    await refused();
    const { id: again } = await customer.requested(subscriptionId, { timing: 'END_OF_PERIOD' });
    expect((await manager.decide({ requestId: again, decision: 'ACCEPT' })).errors).toEqual([]);
    expect(await stateOf()).toBe('PENDING_CANCELLATION');
    await refused();
    expect((await customer.withdraw({ requestId: again })).errors).toEqual([]);
    const { id: last } = await customer.requested(subscriptionId);
    expect((await manager.decide({ requestId: last, decision: 'ACCEPT' })).errors).toEqual([]);
    await gateway.settled();
    expect(await stateOf()).toBe('CANCELLED');

    const now = await customer.checkout(input);
    expect(now.errors).toEqual([]);
    await gateway.settled();
    expect((await customer.seeOrder(now.order.id)).state).toBe('COMPLETED');
    expect(await gateway.rows('SELECT state FROM subscriptions ORDER BY id')).toEqual([
      { state: 'CANCELLED' },
      { state: 'ACTIVE' },
    ]);
  });

  test('is rejected while the first one is being provisioned', async () => {
    await faults(gateway, fault('status', 'accounts/exists', { times: 1000 }));
    const { id } = await ready(customer);
    const { order } = await customer.checkout({ basketId: id, idempotencyKey: newKey() });
    await customer.add(STORAGE);
    const { basket } = await customer.confirm();
    const payload = await customer.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    expect(payload).toMatchObject({
      order: null,
      errors: [{ code: 'ACTIVE_SUBSCRIPTION_EXISTS', subscription: { id: order.lines[0].subscription.id } }],
    });
    await clearLedger(gateway);
    await gateway.settled();
    expect(await counts(gateway, 'orders', 'subscriptions')).toEqual({ orders: 1, subscriptions: 1 });
  });

  test('is accepted for another customer or another service', async () => {
    await manager.liveSubscription(ALPINE);
    for (const [line, recipient] of [
      [STORAGE, accountId('Birch Legal')],
      [{ productId: product('CB-SERVER') }, ALPINE],
    ] as const) {
      expect((await reseller.order(line, recipient)).errors).toEqual([]);
      await gateway.settled();
    }
    expect(await counts(gateway, 'subscriptions')).toEqual({ subscriptions: 3 });
  });
});

describe('the recipient of an order', () => {
  test('cannot be the reseller itself or another reseller', async () => {
    await reseller.add(STORAGE);
    const payload = await writingNothing(gateway, () =>
      reseller.choose({ accountId: accountId('Skyline IT') }),
    );
    expect(payload).toEqual({
      basket: null,
      errors: [
        {
          __typename: 'SimpleError',
          code: 'RESELLER_CANNOT_ORDER_FOR_SELF',
          message: 'Skyline IT is a reseller. Choose one of its end customers or affiliates.',
          path: ['accountId'],
        },
      ],
    });
    expect(
      await writingNothing(gateway, () => reseller.choose({ accountId: accountId('Harbor Cloud') })),
    ).toMatchObject({
      errors: [{ code: 'NOT_FOUND', path: ['accountId'] }],
    });
  });

  test("cannot be another tenant's account: the bytes of the answer are those for an unknown id", async () => {
    const choose = async (email: string, accountIdOf: string) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await gateway.token(email)}`,
        },
        body: JSON.stringify({
          query: `mutation ($input: ChooseRecipientInput!) { chooseRecipient(input: $input) { basket { id }
            errors { __typename code message path } } }`,
          variables: { input: { accountId: accountIdOf } },
        }),
      });
      return Buffer.from(await response.arrayBuffer()).toString('hex');
    };
    for (const [email, foreign] of [
      ['sales@skyline.example', ['Dune Media', 'Elm Clinics', 'Harbor Cloud', 'Northwind Traders']],
      ['buyer@northwind.example', ['Contoso', 'Alpine Dental', 'Skyline IT']],
    ] as const) {
      const unknown = await choose(email, NOBODY);
      expect(Buffer.from(unknown, 'hex').toString()).toContain('"code":"NOT_FOUND"');
      for (const name of foreign) {
        expect(await writingNothing(gateway, () => choose(email, accountId(name)))).toBe(unknown);
      }
    }
  });

  test("is the customer's account for a direct customer, and can be given explicitly", async () => {
    await customer.add(STORAGE);
    expect(await customer.choose({ accountId: NORTHWIND })).toMatchObject({
      errors: [],
      basket: { step: 'BILLING', recipient: { id: NORTHWIND } },
    });
  });
});

test("another user's basket is answered like a basket that does not exist", async () => {
  const { id } = await ready(customer);
  const checkout = (basketId: string) => reseller.checkout({ basketId, idempotencyKey: newKey() });
  const foreign = await writingNothing(gateway, () => checkout(id));
  expect(foreign).toMatchObject({ order: null, errors: [{ code: 'NOT_FOUND', path: ['basketId'] }] });
  expect(JSON.stringify(foreign)).toBe(JSON.stringify(await checkout('bkt_01kdvdna00zzzzzzzzzzzzzzzz')));
});

/** Every mutation of the storefront with an input of the right shape. */
const storefront: [field: string, type: string, input: object | undefined, payload: string][] = [
  ['addToBasket', 'AddToBasketInput', STORAGE, 'basket'],
  ['updateBasketLine', 'UpdateBasketLineInput', { lineId: 'line_1' }, 'basket'],
  ['removeBasketLine', 'RemoveBasketLineInput', { lineId: 'line_1' }, 'basket'],
  ['emptyBasket', '', undefined, 'basket'],
  ['chooseRecipient', 'ChooseRecipientInput', { accountId: NORTHWIND }, 'basket'],
  ['confirmBilling', 'ConfirmBillingInput', {}, 'basket'],
  ['checkout', 'CheckoutInput', { basketId: 'bkt_1', idempotencyKey: 'k' }, 'order'],
];

describe.each(storefront)('%s', (field, type, input, payload) => {
  test.each(['manager@bss.example', 'admin@bss.example'])(
    'is forbidden to %s, who has no basket',
    async email => {
      const answer = await writingNothing(gateway, () =>
        person(gateway, email).call(field, type, input, `${payload} { id }`),
      );
      expect(answer).toEqual({
        [payload]: null,
        errors: [
          {
            __typename: 'SimpleError',
            code: 'FORBIDDEN',
            message: 'Only customers and resellers can do this.',
            path: null,
          },
        ],
      });
    },
  );
});
