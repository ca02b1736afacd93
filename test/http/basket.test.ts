import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { BillingCycle } from '../../src/entities';
import { type Person, people } from '../support/back-office';
import { addon, keepCatalog, product, type TestCatalog } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes, codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { counts, writingNothing } from '../support/tables';

let gateway: TestGateway;
let catalog: TestCatalog;
let reseller: Person;
let customer: Person;
let manager: Person;
beforeAll(async () => {
  gateway = await startTestGateway();
  catalog = await keepCatalog(gateway);
  ({ reseller, buyer: customer, manager } = people(gateway));
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  await catalog.restore();
});

const BIRCH = accountId('Birch Legal');

const server = { productId: product('CB-SERVER') };
const oneMoreTB = { addonId: addon('IC-ADD-1TB'), quantity: 1 };

/** The problems of a basket in one line each. */
const problems = (basket: any): string[] => codesWithPaths({ errors: basket.problems });
/** The errors of a payload in one line each. */
const errors = (payload: any): string[] => {
  expect(payload.basket).toBeNull();
  return codesWithPaths(payload);
};
/** The basket of a payload that has to be without errors. */
const changed = (payload: any) => {
  expect(payload.errors).toEqual([]);
  return payload.basket;
};
/** Does it, has it refused, and shows that nothing was written. */
const refused = (act: () => Promise<any>) => writingNothing(gateway, act).then(errors);

describe('a line', () => {
  test('shows exact prices and capacity, from the price list of the viewer', async () => {
    const line = {
      ...STORAGE,
      productId: product('IC-BASE-5TB'),
      friendlyName: '  Backups of Ålesund 💾 ',
      addons: [
        { addonId: addon('IC-ADD-1TB'), quantity: 3 },
        { addonId: addon('IC-ADD-5TB'), quantity: 20 },
      ],
    };
    const shown = {
      id: expect.stringMatching(/^line_[0-7][0-9a-z]{25}$/),
      product: { sku: 'IC-BASE-5TB' },
      subscription: null,
      billingCycle: 'MONTHLY',
      quantity: 1,
      friendlyName: 'Backups of Ålesund 💾',
      unitPrice: { amount: '30.00' },
      total: { amount: '624.00' },
      capacityBytes: '108000000000000',
      addons: [
        {
          addon: { sku: 'IC-ADD-1TB' },
          quantity: 3,
          unitPrice: { amount: '6.00' },
          total: { amount: '18.00' },
        },
        {
          addon: { sku: 'IC-ADD-5TB' },
          quantity: 20,
          unitPrice: { amount: '28.80' },
          total: { amount: '576.00' },
        },
      ],
    };
    const basket = changed(await reseller.add(line));
    expect(basket).toEqual({
      id: expect.stringMatching(/^bkt_/),
      version: 2,
      step: 'RECIPIENT',
      recipient: null,
      billingConfirmedAt: null,
      total: { amount: '624.00', currency: 'EUR' },
      lines: [shown],
      problems: expect.anything(),
    });
    expect(await reseller.basket()).toEqual(basket);
    expect(changed(await customer.add({ ...line, billingCycle: 'ANNUALLY' }))).toMatchObject({
      total: { amount: '7800.00', currency: 'EUR' },
      lines: [
        { billingCycle: 'ANNUALLY', unitPrice: { amount: '375.00' }, capacityBytes: '108000000000000' },
      ],
    });
  });

  test('defaults to the shortest billing cycle, one license and no name', async () => {
    const { lines } = changed(await customer.add(STORAGE));
    expect(lines).toMatchObject([{ billingCycle: 'MONTHLY', quantity: 1, friendlyName: null, addons: [] }]);
    await catalog.change(tx =>
      tx.execute('DELETE FROM prices WHERE itemId = ? AND billingCycle = ?', [server.productId, 'MONTHLY']),
    );
    expect(changed(await customer.add(server)).lines[1]).toMatchObject({
      billingCycle: 'ANNUALLY',
      unitPrice: { amount: '190.00' },
    });
  });

  test('changes the fields that are given, and keeps the others', async () => {
    const [line] = changed(
      await customer.add({
        ...STORAGE,
        friendlyName: 'One',
        addons: [oneMoreTB, { addonId: addon('IC-ADD-5TB') }],
      }),
    ).lines;
    const update = async (change: object) =>
      changed(await customer.update({ lineId: line.id, ...change })).lines[0];
    expect(await update({ billingCycle: 'ANNUALLY' })).toMatchObject({
      id: line.id,
      billingCycle: 'ANNUALLY',
      friendlyName: 'One',
      total: { amount: '515.00' },
    });
    expect(await update({ friendlyName: 'Two' })).toMatchObject({
      friendlyName: 'Two',
      billingCycle: 'ANNUALLY',
    });
    expect(await update({ quantity: 1 })).toMatchObject({ friendlyName: 'Two', quantity: 1 });
    expect(await update({ addons: [{ ...oneMoreTB, quantity: 7 }] })).toMatchObject({
      addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 7 }],
      total: { amount: '605.00' },
      capacityBytes: '8000000000000',
    });
    expect(await update({ addons: [] })).toMatchObject({ addons: [], total: { amount: '80.00' } });
  });

  test('can be removed alone; emptying the basket removes all lines and the recipient', async () => {
    await reseller.add(STORAGE);
    await reseller.add(server);
    const { lines } = changed(await reseller.add({ productId: product('CB-WORKSTATION') }));
    await reseller.choose({ accountId: ALPINE });
    const less = changed(await reseller.remove({ lineId: lines[1].id }));
    expect(less.lines.map((line: any) => line.product.sku)).toEqual(['IC-BASE-1TB', 'CB-WORKSTATION']);
    expect([less.total.amount, less.recipient.name]).toEqual(['10.00', 'Alpine Dental']);
    const none = changed(await reseller.empty());
    expect(none).toMatchObject({ lines: [], recipient: null, total: { amount: '0.00' }, step: 'BASKET' });
    expect(await counts(gateway, 'basket_lines')).toEqual({ basket_lines: 0 });
  });

  test('of a service with one license rejects every other quantity', async () => {
    const limit = { code: 'QUANTITY_LIMIT', path: ['quantity'], minQuantity: 1, maxQuantity: 1 };
    for (const quantity of [2, 0, -1, 2147483647]) {
      const { basket, errors: found } = await writingNothing(gateway, () =>
        customer.add({ ...STORAGE, quantity }),
      );
      expect([basket, found]).toMatchObject([null, [limit]]);
    }
    const [line] = changed(await customer.add(STORAGE)).lines;
    const update = await writingNothing(gateway, () => customer.update({ lineId: line.id, quantity: 2 }));
    expect(update).toMatchObject({ basket: null, errors: [limit] });
  });

  test('for a second subscription of an exclusive service is rejected', async () => {
    await customer.add(STORAGE);
    for (const sku of ['IC-BASE-1TB', 'IC-BASE-10TB']) {
      expect(await refused(() => customer.add({ productId: product(sku) }))).toEqual([
        'DUPLICATE_SERVICE_IN_BASKET productId',
      ]);
    }
  });
});

describe('add-ons', () => {
  const add = (...addons: object[]) => customer.add({ ...STORAGE, addons });

  test.each([
    [1, true],
    [100, true],
    [0, false],
    [101, false],
    [-5, false],
  ])('may be %i of an add-on that allows 1 to 100: %s', async (quantity, allowed) => {
    const wanted = [{ ...oneMoreTB, quantity }];
    if (allowed) {
      expect(changed(await add(...wanted)).lines[0].addons).toMatchObject([{ quantity }]);
      return;
    }
    const limit = {
      code: 'QUANTITY_LIMIT',
      path: ['addons', '0', 'quantity'],
      minQuantity: 1,
      maxQuantity: 100,
    };
    expect(await writingNothing(gateway, () => add(...wanted))).toMatchObject({
      basket: null,
      errors: [limit],
    });
    const [line] = changed(await customer.add(STORAGE)).lines;
    const update = () => customer.update({ lineId: line.id, addons: wanted });
    expect(await writingNothing(gateway, update)).toMatchObject({ basket: null, errors: [limit] });
  });

  test('reject a quantity below the minimum of the catalog', async () => {
    await catalog.change(tx =>
      tx.execute('UPDATE addons SET minQuantity = 5, maxQuantity = NULL WHERE id = ?', [oneMoreTB.addonId]),
    );
    expect(await writingNothing(gateway, () => add({ ...oneMoreTB, quantity: 4 }))).toMatchObject({
      errors: [{ code: 'QUANTITY_LIMIT', minQuantity: 5, maxQuantity: null }],
    });
    expect(changed(await add({ ...oneMoreTB, quantity: 101 })).lines[0].addons).toMatchObject([
      { quantity: 101 },
    ]);
  });

  test('that do not fit the product, are duplicates or do not exist are each reported', async () => {
    const addons = [
      { addonId: addon('CB-ARCHIVE-100GB') },
      oneMoreTB,
      { addonId: 'add_none' },
      { addonId: addon('IC-ADD-5TB'), quantity: 21 },
      oneMoreTB,
    ];
    const all = [
      'ADDON_UNAVAILABLE addons.0.addonId',
      'NOT_FOUND addons.2.addonId',
      'QUANTITY_LIMIT addons.3.quantity',
      'INVALID_INPUT addons.4.addonId',
    ];
    expect(await refused(() => add(...addons))).toEqual(all);
    const [line] = changed(await customer.add(STORAGE)).lines;
    expect(await refused(() => customer.update({ lineId: line.id, addons }))).toEqual(all);
  });

  test('without a price for the billing cycle are rejected, also when the cycle changes', async () => {
    await catalog.change(tx =>
      tx.execute('DELETE FROM prices WHERE itemId = ? AND billingCycle = ?', [oneMoreTB.addonId, 'ANNUALLY']),
    );
    expect(
      await refused(() => customer.add({ ...STORAGE, billingCycle: 'ANNUALLY', addons: [oneMoreTB] })),
    ).toEqual(['ADDON_UNAVAILABLE addons.0.addonId']);
    const [line] = changed(await add(oneMoreTB)).lines;
    expect(await refused(() => customer.update({ lineId: line.id, billingCycle: 'ANNUALLY' }))).toEqual([
      'ADDON_UNAVAILABLE addons.0.addonId',
    ]);
  });

  describe('for a live subscription', () => {
    let subscriptionId: string;
    beforeEach(async () => {
      subscriptionId = await manager.liveSubscription(ALPINE);
    });

    test('make a line without licenses, with the price and capacity of the add-ons', async () => {
      const basket = changed(await reseller.add({ subscriptionId, addons: [{ ...oneMoreTB, quantity: 4 }] }));
      expect(basket.lines).toMatchObject([
        {
          product: { sku: 'IC-BASE-1TB' },
          subscription: { id: subscriptionId },
          quantity: 0,
          billingCycle: 'MONTHLY',
          friendlyName: null,
          unitPrice: { amount: '6.40' },
          total: { amount: '24.00' },
          capacityBytes: '4000000000000',
        },
      ]);
      expect(basket.total.amount).toBe('24.00');
    });

    test('that are added again raise the quantities of the existing line', async () => {
      await reseller.add({ subscriptionId, addons: [{ ...oneMoreTB, quantity: 4 }] });
      const more = [
        { addonId: addon('IC-ADD-5TB'), quantity: 1 },
        { ...oneMoreTB, quantity: 6 },
      ];
      const { lines } = changed(await reseller.add({ subscriptionId, addons: more }));
      expect(lines).toHaveLength(1);
      expect(Object.fromEntries(lines[0].addons.map((it: any) => [it.addon.sku, it.quantity]))).toEqual({
        'IC-ADD-1TB': 10,
        'IC-ADD-5TB': 1,
      });
    });

    test('are rejected with their path in the input, not in the line', async () => {
      await reseller.add({ subscriptionId, addons: [{ ...oneMoreTB, quantity: 99 }] });
      const add2 = (...addons: object[]) => reseller.add({ subscriptionId, addons });
      expect(await refused(() => add2({ addonId: 'add_none' }))).toEqual(['NOT_FOUND addons.0.addonId']);
      expect(
        await refused(() => add2({ addonId: addon('IC-ADD-5TB') }, { ...oneMoreTB, quantity: 2 })),
      ).toEqual(['QUANTITY_LIMIT addons.1.quantity']);
      expect(await refused(() => add2(oneMoreTB, oneMoreTB))).toEqual(['INVALID_INPUT addons.1.addonId']);
      expect(await refused(() => add2({ ...oneMoreTB, quantity: -1 }))).toEqual([
        'QUANTITY_LIMIT addons.0.quantity',
      ]);
    });

    test('count towards the maximum together with those of the subscription', async () => {
      await reseller.add({ subscriptionId, addons: [{ ...oneMoreTB, quantity: 60 }] });
      await reseller.choose({ accountId: ALPINE });
      const { basket } = await reseller.confirm();
      expect((await reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() })).errors).toEqual([]);
      await gateway.settled();
      const more = (quantity: number) =>
        reseller.add({ subscriptionId, addons: [{ ...oneMoreTB, quantity }] });
      expect(await writingNothing(gateway, () => more(41))).toMatchObject({
        errors: [
          { code: 'QUANTITY_LIMIT', path: ['addons', '0', 'quantity'], minQuantity: 1, maxQuantity: 40 },
        ],
      });
      changed(await more(40));
    });

    test('of another tenant are answered like a subscription that does not exist', async () => {
      const addTo = (id: string) => customer.add({ subscriptionId: id, addons: [oneMoreTB] });
      const foreign = await writingNothing(gateway, () => addTo(subscriptionId));
      expect(errors(foreign)).toEqual(['NOT_FOUND subscriptionId']);
      expect(JSON.stringify(foreign)).toBe(JSON.stringify(await addTo('sub_01kdvdna00zzzzzzzzzzzzzzzz')));
    });

    test('are accepted only for the account of the subscription', async () => {
      await reseller.add({ subscriptionId, addons: [oneMoreTB] });
      const wrong = changed(await reseller.choose({ accountId: BIRCH }));
      expect([wrong.step, problems(wrong)]).toEqual([
        'RECIPIENT',
        ['RECIPIENT_NOT_ALLOWED lines.0.subscriptionId', 'BILLING_NOT_CONFIRMED billing'],
      ]);
      const right = changed(await reseller.choose({ accountId: ALPINE }));
      expect([right.step, problems(right)]).toEqual(['BILLING', ['BILLING_NOT_CONFIRMED billing']]);
    });

    test('are rejected while a cancellation request is pending', async () => {
      const { id } = await reseller.requested(subscriptionId);
      const { basket, errors: found } = await writingNothing(gateway, () =>
        reseller.add({ subscriptionId, addons: [oneMoreTB] }),
      );
      expect([basket, found]).toMatchObject([
        null,
        [{ code: 'CANCELLATION_ALREADY_REQUESTED', path: ['subscriptionId'], request: { id } }],
      ]);
    });
  });
});

describe('the steps of the checkout', () => {
  const look = (basket: any) => [basket.step, problems(basket)];

  test('of a reseller are basket, recipient, billing and complete', async () => {
    expect(look(await reseller.basket())).toEqual(['BASKET', ['BASKET_EMPTY lines']]);
    expect(look(changed(await reseller.add(STORAGE)))).toEqual([
      'RECIPIENT',
      ['RECIPIENT_REQUIRED recipientId', 'BILLING_NOT_CONFIRMED billing'],
    ]);
    expect(look(changed(await reseller.choose({ accountId: ALPINE })))).toEqual([
      'BILLING',
      ['BILLING_NOT_CONFIRMED billing'],
    ]);
    const ready = changed(await reseller.confirm());
    expect(look(ready)).toEqual(['COMPLETE', []]);
    const { order, errors: found } = await reseller.checkout({
      basketId: ready.id,
      idempotencyKey: newKey(),
    });
    expect(found).toEqual([]);
    expect(order).toMatchObject({ recipient: { name: 'Alpine Dental' }, reseller: { name: 'Skyline IT' } });
    const next = await reseller.basket();
    expect(look(next)).toEqual(['BASKET', ['BASKET_EMPTY lines']]);
    expect([next.id === ready.id, next.version]).toEqual([false, 1]);
  });

  test('of a direct customer skip the recipient, who is the customer', async () => {
    expect(look(await customer.basket())).toEqual(['BASKET', ['BASKET_EMPTY lines']]);
    const filled = changed(await customer.add(STORAGE));
    expect(look(filled)).toEqual(['BILLING', ['BILLING_NOT_CONFIRMED billing']]);
    expect(filled.recipient).toEqual({ id: NORTHWIND, name: 'Northwind Traders' });
    const ready = changed(await customer.confirm());
    expect(look(ready)).toEqual(['COMPLETE', []]);
    const { order, errors: found } = await customer.checkout({
      basketId: ready.id,
      idempotencyKey: newKey(),
    });
    expect(found).toEqual([]);
    expect(order).toMatchObject({ recipient: { name: 'Northwind Traders' }, reseller: null });
  });

  test('return to the step that has a problem', async () => {
    await manager.liveSubscription(ALPINE);
    await reseller.add(STORAGE);
    // Another recipient mends it.
    expect(look(changed(await reseller.choose({ accountId: ALPINE })))).toEqual([
      'RECIPIENT',
      ['ACTIVE_SUBSCRIPTION_EXISTS lines.0.productId', 'BILLING_NOT_CONFIRMED billing'],
    ]);
    expect(look(changed(await reseller.choose({ accountId: BIRCH })))).toEqual([
      'BILLING',
      ['BILLING_NOT_CONFIRMED billing'],
    ]);
    // A direct customer has no other recipient to choose.
    await manager.liveSubscription(NORTHWIND);
    expect(look(changed(await customer.add(STORAGE)))).toEqual([
      'BASKET',
      ['ACTIVE_SUBSCRIPTION_EXISTS lines.0.productId', 'BILLING_NOT_CONFIRMED billing'],
    ]);
  });

  test('agree with `problems`: checkout fails with the same errors at every step', async () => {
    const attempt = async () => {
      const basket = await reseller.basket();
      const payload = await writingNothing(gateway, () =>
        reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() }),
      );
      expect(payload.order).toBeNull();
      expect(payload.errors).toMatchObject(basket.problems);
      expect(payload.errors).toHaveLength(basket.problems.length);
      return basket.problems.length;
    };
    expect(await attempt()).toBe(1);
    await reseller.add(STORAGE);
    expect(await attempt()).toBe(2);
    await reseller.choose({ accountId: ALPINE });
    expect(await attempt()).toBe(1);
    await manager.liveSubscription(ALPINE);
    expect(await attempt()).toBe(2);
  });
});

describe('the recipient', () => {
  const RECIPIENTS = `query ($search: String, $first: Int, $after: String) { basket {
    recipients(search: $search, first: $first, after: $after) { totalCount nodes { name kind }
      pageInfo { hasNextPage endCursor } } } }`;
  const recipients = async (who: Person, variables: object = {}) => {
    const { data, errors: broken } = await who.send(RECIPIENTS, variables);
    expect(broken).toBeUndefined();
    return data.basket.recipients;
  };
  const names = (list: any) => list.nodes.map((node: any) => node.name);

  test('is chosen from the end customers and affiliates of the reseller, by name', async () => {
    const { totalCount, nodes } = await recipients(reseller);
    expect(totalCount).toBe(4);
    expect(nodes).toEqual([
      { name: 'Alpine Dental', kind: 'CUSTOMER' },
      { name: 'Birch Legal', kind: 'CUSTOMER' },
      { name: 'Cedar Foods', kind: 'CUSTOMER' },
      { name: 'Skyline Labs', kind: 'AFFILIATE' },
    ]);
  });

  test('is the own account of a direct customer', async () => {
    expect(await recipients(customer)).toMatchObject({
      totalCount: 1,
      nodes: [{ name: 'Northwind Traders' }],
    });
  });

  test.each([
    ['a part of the name, in any case', 'LEG', ['Birch Legal']],
    ['a part of the e-mail', 'labs@', ['Skyline Labs']],
    ['blanks', '  ', ['Alpine Dental', 'Birch Legal', 'Cedar Foods', 'Skyline Labs']],
    ["another reseller's", 'Dune', []],
    ['the reseller itself', 'Skyline IT', []],
    ['what SQL would take for anything', '%', []],
    ['what SQL would take for any letter', 'B_rch', []],
  ])('can be searched by %s', async (_, search, found) => {
    const list = await recipients(reseller, { search });
    expect([names(list), list.totalCount]).toEqual([found, found.length]);
  });

  test('is listed page by page', async () => {
    const first = await recipients(reseller, { first: 3 });
    expect([names(first), first.pageInfo.hasNextPage]).toEqual([
      ['Alpine Dental', 'Birch Legal', 'Cedar Foods'],
      true,
    ]);
    const rest = await recipients(reseller, { first: 3, after: first.pageInfo.endCursor });
    expect([names(rest), rest.pageInfo.hasNextPage]).toEqual([['Skyline Labs'], false]);
    const forged = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const after of [
      forged('accounts', 'A'),
      forged('accounts', 'A', 'b', 'c'),
      forged('orders', 'ord_1'),
    ]) {
      const { data, errors: broken } = await reseller.send(RECIPIENTS, { after });
      expect([data.basket, broken?.map(error => error.extensions.code)]).toEqual([null, ['BAD_CURSOR']]);
    }
  });

  test('can be an affiliate, and can be chosen for an empty basket', async () => {
    expect(changed(await reseller.choose({ accountId: accountId('Skyline Labs') }))).toMatchObject({
      step: 'BASKET',
      recipient: { name: 'Skyline Labs' },
    });
  });

  test('cannot be of an account kind that the service excludes', async () => {
    await catalog.change(tx =>
      tx.execute('UPDATE services SET recipientKinds = ? WHERE code = ?', ['["CUSTOMER"]', 'cloud-backup']),
    );
    await reseller.add(server);
    const basket = changed(await reseller.choose({ accountId: accountId('Skyline Labs') }));
    expect([basket.step, problems(basket)]).toEqual([
      'RECIPIENT',
      ['RECIPIENT_NOT_ALLOWED recipientId', 'BILLING_NOT_CONFIRMED billing'],
    ]);
  });
});

describe('a billing confirmation', () => {
  const billing = {
    company: 'Skyline Holding',
    vatNumber: 'DE123456789',
    email: 'invoices@skyline.example',
    addressLine1: 'Ring 1',
    city: 'Köln',
    postalCode: '50667',
    country: 'DE',
  };
  const BILLING =
    '{ basket { billing { company vatNumber email addressLine1 addressLine2 city postalCode country } } }';
  const shownBilling = async () => (await reseller.send(BILLING)).data.basket.billing;
  const checkout = async () =>
    reseller.checkout({ basketId: (await reseller.basket()).id, idempotencyKey: newKey() });

  test("defaults to the reseller's details, and accepts others", async () => {
    await reseller.add(STORAGE);
    await reseller.choose({ accountId: ALPINE });
    expect(await shownBilling()).toMatchObject({ company: 'Skyline IT', city: 'Berlin', country: 'DE' });
    changed(await reseller.confirm());
    expect(await shownBilling()).toMatchObject({ company: 'Skyline IT' });
    changed(await reseller.confirm({ billing }));
    expect(await shownBilling()).toEqual({ ...billing, addressLine2: null });
    const { order } = await checkout();
    expect(order.billing).toEqual({ company: 'Skyline Holding' });
  });

  test('needs a basket with a line and a recipient', async () => {
    expect(await refused(() => reseller.confirm())).toEqual(['BASKET_EMPTY lines']);
    await reseller.add(STORAGE);
    expect(await refused(() => reseller.confirm())).toEqual(['RECIPIENT_REQUIRED recipientId']);
  });

  test.each<[string, (lineId: string) => Promise<any>]>([
    ['a line is added', () => reseller.add(server)],
    ['a line is changed', lineId => reseller.update({ lineId, friendlyName: 'Other' })],
    ['a line is changed to what it was', lineId => reseller.update({ lineId })],
    ['a line is taken out', lineId => reseller.remove({ lineId })],
    ['another recipient is chosen', () => reseller.choose({ accountId: BIRCH })],
    ['the same recipient is chosen again', () => reseller.choose({ accountId: ALPINE })],
    ['the basket is emptied', () => reseller.empty()],
  ])('is revoked when %s', async (_, change) => {
    await reseller.add({ productId: product('CB-WORKSTATION') });
    const [line] = changed(await reseller.add(STORAGE)).lines;
    await reseller.choose({ accountId: ALPINE });
    const confirmed = changed(await reseller.confirm({ billing }));
    expect(confirmed.billingConfirmedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const after = changed(await change(line.id));
    expect([after.billingConfirmedAt, after.step === 'COMPLETE']).toEqual([null, false]);
    expect(await shownBilling()).toMatchObject({ company: 'Skyline IT' });
    const payload = await writingNothing(gateway, checkout);
    expect(codes(payload)).toContain(after.lines.length > 0 ? 'BILLING_NOT_CONFIRMED' : 'BASKET_EMPTY');
  });

  test('stays when a change is rejected', async () => {
    const [line] = changed(await reseller.add(STORAGE)).lines;
    await reseller.choose({ accountId: ALPINE });
    const confirmed = changed(await reseller.confirm());
    await reseller.add(STORAGE);
    await reseller.update({ lineId: line.id, quantity: 2 });
    await reseller.choose({ accountId: accountId('Skyline IT') });
    await reseller.confirm({ billing: { ...billing, country: 'Germany' } });
    expect(await reseller.basket()).toEqual(confirmed);
  });

  test('freezes the prices: a later change is a problem, blocks checkout, and can be confirmed again', async () => {
    await reseller.add({ ...STORAGE, addons: [{ ...oneMoreTB, quantity: 2 }] });
    await reseller.choose({ accountId: ALPINE });
    const before = changed(await reseller.confirm());
    expect(before.total.amount).toBe('18.40');

    await catalog.reprice('reseller', oneMoreTB.addonId, BillingCycle.MONTHLY, 700);
    const now = await reseller.basket();
    expect(now).toMatchObject({ total: before.total, lines: before.lines, step: 'BILLING' });
    expect(problems(now)).toEqual(['PRICE_CHANGED lines.0.unitPrice']);
    const payload = await writingNothing(gateway, checkout);
    expect([payload.order, codesWithPaths(payload)]).toEqual([null, ['PRICE_CHANGED lines.0.unitPrice']]);

    const again = changed(await reseller.confirm());
    expect([again.total.amount, again.step, again.problems]).toEqual(['20.40', 'COMPLETE', []]);
    const { order } = await checkout();
    expect(order.total).toEqual({ amount: '20.40', currency: 'EUR' });
  });

  test('stays valid when prices of another list, billing cycle or product change', async () => {
    await reseller.add(STORAGE);
    await reseller.choose({ accountId: ALPINE });
    await reseller.confirm();
    await catalog.reprice('public', STORAGE.productId, BillingCycle.MONTHLY, 1);
    await catalog.reprice('reseller', STORAGE.productId, BillingCycle.ANNUALLY, 1);
    await catalog.reprice('reseller', server.productId, BillingCycle.MONTHLY, 1);
    expect(await reseller.basket()).toMatchObject({ step: 'COMPLETE', problems: [] });
    expect((await checkout()).order.total.amount).toBe('6.40');
  });

  test('is valid again when the price returns to the confirmed one', async () => {
    await reseller.add(STORAGE);
    await reseller.choose({ accountId: ALPINE });
    await reseller.confirm();
    await catalog.reprice('reseller', STORAGE.productId, BillingCycle.MONTHLY, 700);
    await catalog.reprice('reseller', STORAGE.productId, BillingCycle.MONTHLY, 640);
    expect(await reseller.basket()).toMatchObject({ step: 'COMPLETE', problems: [] });
  });

  test('is required to freeze prices: until then the basket shows the current ones', async () => {
    await reseller.add(STORAGE);
    await catalog.reprice('reseller', STORAGE.productId, BillingCycle.MONTHLY, 700);
    expect(await reseller.basket()).toMatchObject({
      total: { amount: '7.00' },
      lines: [{ unitPrice: { amount: '7.00' }, total: { amount: '7.00' } }],
    });
  });

  test('reports a product that has lost its price', async () => {
    await reseller.add(STORAGE);
    await reseller.choose({ accountId: ALPINE });
    await reseller.confirm();
    await catalog.change(tx => tx.execute('DELETE FROM prices WHERE itemId = ?', [STORAGE.productId]));
    const basket = await reseller.basket();
    expect([basket.step, problems(basket)]).toEqual([
      'BASKET',
      ['PRODUCT_UNAVAILABLE lines.0.productId', 'PRICE_CHANGED lines.0.unitPrice'],
    ]);
  });
});

describe('a version', () => {
  test('increments with every change; a change of an outdated version is rejected with the current one', async () => {
    const [line] = changed(await reseller.add({ ...STORAGE, expectedVersion: 1 })).lines;
    const steps: ((expectedVersion: number) => Promise<any>)[] = [
      expectedVersion => reseller.add({ ...server, expectedVersion }),
      expectedVersion => reseller.update({ lineId: line.id, friendlyName: 'A', expectedVersion }),
      expectedVersion => reseller.choose({ accountId: ALPINE, expectedVersion }),
      expectedVersion => reseller.remove({ lineId: line.id, expectedVersion }),
      expectedVersion => reseller.confirm({ expectedVersion }),
    ];
    let version = 2;
    for (const step of steps) {
      for (const wrong of [version - 1, version + 1, 0, -1]) {
        expect(await writingNothing(gateway, () => step(wrong))).toMatchObject({
          basket: null,
          errors: [
            {
              __typename: 'VersionConflictError',
              code: 'VERSION_CONFLICT',
              path: ['expectedVersion'],
              currentVersion: version,
            },
          ],
        });
      }
      expect(changed(await step(version)).version).toBe(version + 1);
      version += 1;
    }
    const checkout = (expectedVersion: number) =>
      gateway
        .rows('SELECT id FROM baskets WHERE openUserId = ?', [demoId('usr', 'sales@skyline.example')])
        .then(([row]) => reseller.checkout({ basketId: row?.id, idempotencyKey: newKey(), expectedVersion }));
    expect(await writingNothing(gateway, () => checkout(version - 1))).toMatchObject({
      order: null,
      errors: [{ code: 'VERSION_CONFLICT', currentVersion: version }],
    });
    expect((await checkout(version)).errors).toEqual([]);
  });

  test('of several changes in one document follows each change', async () => {
    const fields = 'basket { version lines { product { sku } quantity } total { amount } } errors { code }';
    const { data } = await customer.send(
      `mutation ($one: AddToBasketInput!, $other: AddToBasketInput!) {
        first: addToBasket(input: $one) { ${fields} } second: addToBasket(input: $other) { ${fields} }
        third: emptyBasket { ${fields} } }`,
      { one: STORAGE, other: { ...server, quantity: 2 } },
    );
    const [one, two] = [
      { product: { sku: 'IC-BASE-1TB' }, quantity: 1 },
      { product: { sku: 'CB-SERVER' }, quantity: 2 },
    ];
    expect(data).toEqual({
      first: { basket: { version: 2, lines: [one], total: { amount: '8.00' } }, errors: [] },
      second: { basket: { version: 3, lines: [one, two], total: { amount: '46.00' } }, errors: [] },
      third: { basket: { version: 4, lines: [], total: { amount: '0.00' } }, errors: [] },
    });
  });
});

describe('a service with several licenses and subscriptions', () => {
  const workstations = { productId: product('CB-WORKSTATION'), quantity: 25 };

  test('can be bought several times in one order, with many licenses, beside an exclusive service', async () => {
    await reseller.add({ ...workstations, friendlyName: 'Desks' });
    await reseller.add({ ...workstations, quantity: 3, billingCycle: 'ANNUALLY', friendlyName: 'Lab' });
    await reseller.add({
      ...server,
      quantity: 2,
      addons: [{ addonId: addon('CB-ARCHIVE-100GB'), quantity: 1000 }],
    });
    const filled = changed(await reseller.add(STORAGE));
    expect(filled.lines.map((line: any) => [line.quantity, line.total.amount, line.capacityBytes])).toEqual([
      [25, '90.00', '6250000000000'],
      [3, '108.00', '750000000000'],
      [2, '1470.40', '102000000000000'],
      [1, '6.40', '1000000000000'],
    ]);
    expect(filled.total).toEqual({ amount: '1674.80', currency: 'EUR' });
    await reseller.choose({ accountId: ALPINE });
    const { id } = changed(await reseller.confirm());
    const { order } = await reseller.checkout({ basketId: id, idempotencyKey: newKey() });
    await gateway.settled();
    const done = await reseller.seeOrder(order.id);
    expect([done.state, done.total.amount]).toEqual(['COMPLETED', '1674.80']);
    expect(
      done.lines.map((line: any) => [line.friendlyName, line.quantity, line.subscription.state]),
    ).toEqual([
      ['Desks', 25, 'ACTIVE'],
      ['Lab', 3, 'ACTIVE'],
      [null, 2, 'ACTIVE'],
      [null, 1, 'ACTIVE'],
    ]);
    expect(new Set(done.lines.map((line: any) => line.subscription.id)).size).toBe(4);
    const { data } = await reseller.send(
      '{ subscriptions { totalCount nodes { friendlyName capacityBytes recurringTotal { amount } } } }',
    );
    expect(data.subscriptions.totalCount).toBe(4);
    expect(
      new Set(
        data.subscriptions.nodes.map((it: any) =>
          [it.friendlyName, it.capacityBytes, it.recurringTotal.amount].join(),
        ),
      ),
    ).toEqual(
      new Set([
        'Desks,6250000000000,90.00',
        'Lab,750000000000,108.00',
        'Cloud Backup Server,102000000000000,1470.40',
        'Impossible Cloud 1 TB,1000000000000,6.40',
      ]),
    );
  });

  test('can be bought again by a customer that has it', async () => {
    for (const name of ['First', 'Second']) {
      const { errors: found } = await reseller.order({ ...workstations, friendlyName: name }, ALPINE);
      expect(found).toEqual([]);
      await gateway.settled();
    }
    expect(await counts(gateway, 'orders', 'subscriptions')).toEqual({ orders: 2, subscriptions: 2 });
  });

  test('has at least one license', async () => {
    for (const quantity of [0, -1]) {
      expect(await writingNothing(gateway, () => reseller.add({ ...workstations, quantity }))).toMatchObject({
        errors: [{ code: 'QUANTITY_LIMIT', path: ['quantity'], minQuantity: 1, maxQuantity: null }],
      });
    }
  });

  test('fills a basket with fifty lines and no more', async () => {
    for (let n = 0; n < 50; n += 1) changed(await reseller.add(server));
    expect(await refused(() => reseller.add(server))).toEqual(['INVALID_INPUT productId']);
    const basket = await reseller.basket();
    expect([basket.lines.length, basket.total.amount]).toEqual([50, '760.00']);
  });
});

test('two lines of a service that became exclusive are problems of the basket, and do not block other lines', async () => {
  await reseller.add(server);
  await reseller.add({ productId: product('CB-WORKSTATION') });
  await catalog.change(tx =>
    tx.execute("UPDATE services SET allowMultipleSubscriptions = 0 WHERE code = 'cloud-backup'", []),
  );
  const basket = changed(await reseller.add(STORAGE));
  expect(problems(basket)).toContain('DUPLICATE_SERVICE_IN_BASKET lines.1.productId');
  expect(errors(await reseller.add(server))).toEqual(['DUPLICATE_SERVICE_IN_BASKET productId']);
});
