import { type Administrator, administrator } from '../support/administrator';
import { people } from '../support/back-office';
import { ALPINE, BILLING, CONTOSO, MANAGER, RESELLER, SKYLINE, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startReceiver } from '../support/receiver';
import { newKey, shopper } from '../support/shop';
import { counts, writingNothing } from '../support/tables';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

jest.setTimeout(60_000);

const END_CUSTOMER = 'end@alpine.example';

let gateway: TestGateway;
let who: ReturnType<typeof people>;
let reseller: Administrator;
beforeAll(async () => {
  gateway = await startTestGateway();
  who = people(gateway);
  reseller = administrator(gateway, RESELLER);
  await administrator(gateway).does('createUser', {
    name: 'End',
    email: END_CUSTOMER,
    roles: ['CUSTOMER'],
    accountId: ALPINE,
    password: 'a good long password',
  });
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());
afterEach(() => gateway.rows('UPDATE accounts SET externalReference = NULL'));

const NODE = `node { id ... on Account { externalReference } ... on Order { externalReference purchaseOrderNumber }
  ... on CloudSubscription { externalReference } }`;
const set = (email: string, id: string, externalReference?: string | null) =>
  shopper(gateway, email).call(
    'setExternalReference',
    'SetExternalReferenceInput',
    { id, externalReference },
    NODE,
  );
const place = (more: object = {}) => who.manager.place({ recipientId: CONTOSO, lines: [STORAGE], ...more });
const TAKEN = ['REFERENCE_TAKEN externalReference'];
let made = 0;
const account = (externalReference: string) => ({
  kind: 'CUSTOMER',
  name: 'New',
  email: `reference-${++made}@new.example`,
  billing: BILLING,
  externalReference,
});

test('a reference is set, found, changed and cleared; an omitted one stays', async () => {
  const order = await who.manager.placed(ALPINE, STORAGE);
  const answer = await set(RESELLER, order.id, ' ERP-1 ');
  expect(answer.node).toEqual({ id: order.id, externalReference: 'ERP-1', purchaseOrderNumber: null });
  const found = async (filter: object) => {
    const { data } = await who.reseller.send(
      'query ($filter: OrderFilter) { orders(filter: $filter) { nodes { id } } }',
      { filter },
    );
    return data.orders.nodes.map(({ id }: { id: string }) => id);
  };
  expect(await found({ externalReference: 'ERP-1' })).toEqual([order.id]);
  for (const externalReference of ['erp-1', 'ERP-2', '', ' '])
    expect(await found({ externalReference })).toEqual([]);
  const unchanged = await writingNothing(gateway, () => set(RESELLER, order.id));
  expect(unchanged.node.externalReference).toBe('ERP-1');
  expect((await set(RESELLER, order.id, '  ')).node.externalReference).toBeNull();
  expect(await found({ externalReference: 'ERP-1' })).toEqual([]);
  expect((await gateway.rows("SELECT type FROM events WHERE type = 'order.referenced'")).length).toBe(2);
});

test('placeOrder, checkout and createAccount set references', async () => {
  const references = { externalReference: 'ERP-1', purchaseOrderNumber: 'PO-7' };
  const { order } = await place(references);
  await who.reseller.add(STORAGE);
  await who.reseller.choose({ accountId: ALPINE });
  const { basket } = await who.reseller.confirm();
  const checkedOut = await who.reseller.checkout({
    basketId: basket.id,
    idempotencyKey: newKey(),
    ...references,
  });
  const rows = await gateway.rows(
    'SELECT id, externalReference, purchaseOrderNumber FROM orders ORDER BY id',
  );
  expect(rows).toEqual([order.id, checkedOut.order.id].map(id => ({ id, ...references })));
  const { account: customer } = await reseller.does('createAccount', account('CRM-1'));
  expect((await set(RESELLER, customer.id)).node.externalReference).toBe('CRM-1');
  await gateway.settled();
});

test('a reference is unique for its buyer, and several buyers can have the same', async () => {
  const { order } = await place({ externalReference: 'ERP-1' });
  expect(order).not.toBeNull();
  expect(codesWithPaths(await place({ externalReference: 'ERP-1', recipientId: ALPINE }))).toEqual([]);
  const other = await who.manager.placed(CONTOSO, STORAGE);
  await writingNothing(gateway, async () => {
    expect(codesWithPaths(await place({ externalReference: 'ERP-1' }))).toEqual(TAKEN);
    expect(codesWithPaths(await set(MANAGER, other.id, 'ERP-1'))).toEqual(TAKEN);
  });
  await reseller.does('createAccount', account('CRM-1'));
  await administrator(gateway, MANAGER).does('createAccount', account('CRM-1'));
  await writingNothing(gateway, async () => {
    expect(codesWithPaths(await reseller.ask('createAccount', account('CRM-1')))).toEqual(TAKEN);
    expect(codesWithPaths(await set(RESELLER, ALPINE, 'CRM-1'))).toEqual(TAKEN);
  });
  // Blank never matches.
  expect(codesWithPaths(await place({ externalReference: '' }))).toEqual([]);
  expect(codesWithPaths(await place({ externalReference: ' ' }))).toEqual([]);
});

test.each([
  ['an end customer', END_CUSTOMER, () => ALPINE, 'FORBIDDEN id'],
  ['a direct customer, of its account', 'buyer@contoso.example', () => CONTOSO, 'FORBIDDEN id'],
  ['a reseller, of its account', RESELLER, () => SKYLINE, 'FORBIDDEN id'],
  ['a reseller, of a stranger', RESELLER, () => CONTOSO, 'NOT_FOUND id'],
  ['anybody, of nothing', MANAGER, () => 'acc_none', 'NOT_FOUND id'],
  ['anybody, of a product', MANAGER, () => STORAGE.productId, 'NOT_FOUND id'],
])('%s sets no reference', async (_, email, id, refused) => {
  const answer = await writingNothing(gateway, () => set(email, id(), 'X'));
  expect([answer.node, codesWithPaths(answer)]).toEqual([null, [refused]]);
});

test.each(['a\nb', 'x'.repeat(101), '\u202e'])('the reference %j is refused', async externalReference => {
  await writingNothing(gateway, async () => {
    const path = ['INVALID_INPUT externalReference'];
    expect(codesWithPaths(await set(RESELLER, ALPINE, externalReference))).toEqual(path);
    expect(codesWithPaths(await place({ externalReference }))).toEqual(path);
    const number = await place({ purchaseOrderNumber: externalReference });
    expect(codesWithPaths(number)).toEqual(['INVALID_INPUT purchaseOrderNumber']);
  });
});

test('an end customer sees no reference, and finds nothing by it', async () => {
  await who.manager.placed(ALPINE, STORAGE);
  await set(RESELLER, ALPINE, 'CRM-1');
  await gateway.rows("UPDATE orders SET externalReference = 'ERP-1', purchaseOrderNumber = 'PO-7'");
  const read = async (email: string) =>
    (
      await shopper(gateway, email).send(`{
        all: orders { nodes { externalReference purchaseOrderNumber recipient { externalReference } } }
        byReference: orders(filter: { externalReference: "ERP-1" }) { totalCount }
        byNumber: orders(filter: { purchaseOrderNumber: "PO-7" }) { totalCount }
        accounts(filter: { externalReference: "CRM-1" }) { totalCount } }`)
    ).data;
  const seen = (value: [string, string, string] | [null, null, null], totalCount: number) => ({
    all: {
      nodes: [
        {
          externalReference: value[0],
          purchaseOrderNumber: value[1],
          recipient: { externalReference: value[2] },
        },
      ],
    },
    byReference: { totalCount },
    byNumber: { totalCount },
    accounts: { totalCount },
  });
  expect(await read(RESELLER)).toEqual(seen(['ERP-1', 'PO-7', 'CRM-1'], 1));
  expect(await read(END_CUSTOMER)).toEqual(seen([null, null, null], 0));
});

test('webhooks of the buyer have the references, those of an end customer have none', async () => {
  const receiver = await startReceiver();
  try {
    const hooks: string[] = [];
    for (const email of [RESELLER, END_CUSTOMER]) {
      const { webhook } = await webhooksOf(gateway, email).create({
        url: `${receiver.url}${email}`,
        eventTypes: ['order.placed'],
      });
      hooks.push(webhook.id);
    }
    await set(RESELLER, ALPINE, 'CRM-1');
    const references = { externalReference: 'ERP-1', purchaseOrderNumber: 'PO-7' };
    const { order } = await place({ recipientId: ALPINE, ...references });
    await until(() => receiver.taken.length === 2);
    const data = receiver.taken.map(({ json }) => json.data);
    const ids = { cursor: expect.any(String), accountId: ALPINE, orderId: order.id };
    const shown = {
      accountExternalReference: 'CRM-1',
      orderExternalReference: 'ERP-1',
      purchaseOrderNumber: 'PO-7',
    };
    expect(data).toHaveLength(2);
    expect(data).toEqual(expect.arrayContaining([ids, { ...ids, ...shown }]));
    for (const [index, email] of [RESELLER, END_CUSTOMER].entries())
      await webhooksOf(gateway, email).remove(hooks[index] ?? '');
  } finally {
    await receiver.stop();
  }
});

test('of 20 simultaneous orders with one reference, one is placed', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => place({ externalReference: 'ERP-1' })));
  const codes = answers.map(({ errors }) => errors[0]?.code ?? 'done').sort();
  expect(codes).toEqual([...Array(19).fill('REFERENCE_TAKEN'), 'done']);
  expect(await counts(gateway, 'orders')).toEqual({ orders: 1 });
});
