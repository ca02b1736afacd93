import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { accountId } from '../../dev/demo-data';
import { person, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE } from '../support/demo';
import type { TestGateway } from '../support/gateway';
import { newEndCustomer, setRetail } from '../support/retail';
import { newKey } from '../support/shop';
import { Listener } from '../support/streams';

/** Viewers, in the order of the columns: each looks at an order, a subscription, a change and a basket of its own, if it can have them. */
const CALLERS = {
  anonymous: null,
  'direct customer': 'buyer@northwind.example',
  'end customer': 'it@alpine.example',
  'end customer without retail prices': 'it@dune.example',
  reseller: 'sales@skyline.example',
  'account manager': 'manager@bss.example',
  administrator: 'admin@bss.example',
} as const;
const DUNE = accountId('Dune Media');

/** Amounts of one license with one add-on, by their kind: what the reseller pays, the public prices, and retail prices. */
const KINDS: Record<string, string> = Object.fromEntries(
  Object.entries({
    cost: ['6.40', '6.00', '12.40', '64.00', '60.00'],
    public: ['8.00', '7.50', '15.50', '80.00', '75.00'],
    retail: ['9.90', '8.80', '18.70'],
  }).flatMap(([kind, amounts]) => amounts.map(amount => [amount, kind])),
);

type Cells = readonly string[];
const BUYERS: Cells = ['-', 'public', 'retail', '-', 'cost', '-', '-'];
/** Staff sees the order of the end customer. */
const OWNERS: Cells = ['-', 'public', 'retail', '-', 'cost', 'cost', 'cost'];
const CATALOG: Cells = ['public', 'public', 'retail', '-', 'cost', 'public', 'public'];
/** Charges are for who pays. */
const PAYERS: Cells = ['-', 'public', '-', '-', 'cost', 'cost', 'cost'];
const RETAIL: Cells = ['-', '-', 'retail', '-', 'retail', '-', '-'];
/** Of an order for the end customer. */
const PAYER_PRICES: Cells = ['-', '-', '-', '-', '-', 'cost', 'cost'];
const ADMINISTRATOR: Cells = ['-', '-', '-', '-', '-', '-', 'cost public'];

const UNIT = 'unitPrice { amount }';
const ITEM = `product(sku: "IC-BASE-1TB")`;
const payerPrices = `payerPrices(recipientId: "${ALPINE}") { ${UNIT} }`;
const charges = (below: string) => `charges(filter: { subscriptionId: $subscription }) { ${below} }`;
const preview = (quantity: number, below: string) =>
  `previewSubscriptionChange(input: { subscriptionId: $subscription, addons: [{ addonId: $addon, quantity: ${quantity} }] }) {
     preview { ${below} } }`;
const order = (below: string) => `order(id: $order) { ${below} }`;
/** Every path to an amount: what is selected, and the kind that each caller sees. */
const paths: Record<string, readonly [selection: string, cells: Cells]> = {
  'Product.prices': [`${ITEM} { prices { ${UNIT} } }`, CATALOG],
  'Product.retailPrices': [`${ITEM} { retailPrices { ${UNIT} } }`, RETAIL],
  'Addon.prices': [`node(id: $addon) { ... on Addon { prices { ${UNIT} } } }`, CATALOG],
  'Addon.retailPrices': [`node(id: $addon) { ... on Addon { retailPrices { ${UNIT} } } }`, RETAIL],
  'Product.payerPrices': [`${ITEM} { ${payerPrices} }`, PAYER_PRICES],
  'Addon.payerPrices': [`node(id: $addon) { ... on Addon { ${payerPrices} } }`, PAYER_PRICES],
  'ListedPrice.unitPrice': [`${ITEM} { listedPrices { ${UNIT} } }`, ADMINISTRATOR],
  'PastPrice.unitPrice': [
    'pastPrices(priceListId: $list, itemId: $item, billingCycle: MONTHLY) { nodes { unitPrice { amount } } }',
    ['-', '-', '-', '-', '-', '-', 'cost'],
  ],
  'Basket.total': ['basket { total { amount } }', BUYERS],
  'Basket.recurring': ['basket { recurring { amount { amount } } }', BUYERS],
  'BasketLine.unitPrice': [`basket { lines { ${UNIT} } }`, BUYERS],
  'BasketLine.total': ['basket { lines { total { amount } } }', BUYERS],
  'BasketAddon.unitPrice': [`basket { lines { addons { ${UNIT} } } }`, BUYERS],
  'BasketAddon.total': ['basket { lines { addons { total { amount } } } }', BUYERS],
  'Order.total': [order('total { amount }'), OWNERS],
  'Order.recurring': [order('recurring { amount { amount } }'), OWNERS],
  'OrderLine.unitPrice': [order(`lines { ${UNIT} }`), OWNERS],
  'OrderLine.total': [order('lines { total { amount } }'), OWNERS],
  'OrderAddon.unitPrice': [order(`lines { addons { ${UNIT} } }`), OWNERS],
  'OrderAddon.total': [order('lines { addons { total { amount } } }'), OWNERS],
  'CloudSubscription.recurringTotal': [
    'subscription(id: $subscription) { recurringTotal { amount } }',
    OWNERS,
  ],
  'SubscriptionContents.recurringTotal': [preview(0, 'from { recurringTotal { amount } }'), OWNERS],
  'SubscriptionChangePreview.credit': [preview(0, 'credit { amount }'), PAYERS],
  'SubscriptionChangePreview.dueNow': [preview(2, 'dueNow { amount }'), PAYERS],
  'UpcomingCharge.amount': ['subscription(id: $subscription) { nextCharge { amount { amount } } }', PAYERS],
  'Charge.unitPrice': [charges('nodes { unitPrice { amount } }'), PAYERS],
  'Charge.amount': [charges('nodes { amount { amount } }'), PAYERS],
  'ChargeTotal.amount': [charges('totals { amount { amount } }'), PAYERS],
};
/** The same in updates of streams. */
const streams: Record<string, readonly [document: string, cells: Cells]> = {
  orderUpdates: [
    `subscription ($order: ID) { orderUpdates(orderId: $order) {
       ... on OrderUpdate { order { total { amount } lines { unitPrice { amount } } } } } }`,
    OWNERS,
  ],
  subscriptionUpdates: [
    `subscription ($subscription: ID) { subscriptionUpdates(subscriptionId: $subscription) {
       ... on CloudSubscriptionUpdate { subscription { recurringTotal { amount } order { total { amount } } } } } }`,
    OWNERS,
  ],
};

let gateway: TestGateway;
let stop: () => Promise<void>;
const variables = new Map<string | null, Record<string, string>>();
beforeAll(async () => {
  ({ gateway, stop } = await startBackOffice());
  await newEndCustomer(gateway, ALPINE, CALLERS['end customer']);
  await newEndCustomer(gateway, DUNE, CALLERS['end customer without retail prices']);
  const line = {
    productId: product('IC-BASE-1TB'),
    addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }],
  };
  await setRetail(gateway, { productId: line.productId, unitPrice: '9.90' });
  await setRetail(gateway, { addonId: addon('IC-ADD-1TB'), unitPrice: '8.80' });
  await rememberOldPrice(line.productId);
  const [own, alpine, dune] = [
    await person(gateway, CALLERS['direct customer']).order(line),
    await person(gateway, CALLERS.reseller).order(line, ALPINE),
    await person(gateway, 'sales@harbor.example').order(line, DUNE),
  ];
  await gateway.settled();
  for (const [name, email] of Object.entries(CALLERS)) {
    const placed = { 'direct customer': own, 'end customer without retail prices': dune }[name] ?? alpine;
    variables.set(email, {
      order: placed.order.id,
      subscription: placed.order.lines[0].subscription.id,
      addon: addon('IC-ADD-1TB'),
      item: line.productId,
      list: (await listOf('reseller')) as string,
    });
    if (email && !email.endsWith('bss.example')) await person(gateway, email).add(line);
  }
});
afterAll(() => stop());

const listOf = async (code: string) =>
  (await gateway.rows('SELECT id FROM price_lists WHERE code = ?', [code]))[0]?.id;

/** A former price, which is that of today. */
async function rememberOldPrice(itemId: string): Promise<void> {
  const price = { itemId, billingCycle: 'MONTHLY', priceListId: await listOf('reseller') };
  for (const unitPrice of ['6.00', '6.40'])
    await person(gateway, CALLERS.administrator).call(
      'setPrice',
      'SetPriceInput',
      { ...price, unitPrice },
      'price { version }',
    );
}

/** Kinds of the amounts in an answer: each amount has to be of one. */
function kindsIn(answer: unknown): string {
  const amounts = JSON.stringify(answer).match(/(?<="amount":"-?)\d[^"]*/g) ?? [];
  const kinds = amounts.filter(amount => amount !== '0.00').map(amount => KINDS[amount] ?? amount);
  return [...new Set(kinds)].sort().join(' ') || '-';
}

test('every field of the schema with an amount has a row', () => {
  const schema = buildSchema(readFileSync(resolve(__dirname, '../../schema/schema.graphql'), 'utf8'));
  const PARTS = ['Price', 'RecurringAmount'];
  const found = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !PARTS.includes(name))
    .flatMap(type =>
      Object.values(type.getFields())
        .filter(field => ['Money', ...PARTS].includes(getNamedType(field.type).name))
        .map(field => `${type.name}.${field.name}`),
    );
  expect(Object.keys(paths).sort()).toEqual(found.sort());
});

test.each(Object.entries(paths))('%s', async (_, [selection, cells]) => {
  const types = { list: 'ID!', item: 'ID!', order: 'ID!', subscription: 'ID!', addon: 'ID!' };
  const used = Object.entries(types).filter(([name]) => selection.includes(`$${name}`));
  const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
  const seen: string[] = [];
  for (const email of Object.values(CALLERS)) {
    const token = email && (await gateway.token(email));
    const query = `${declared ? `query (${declared})` : 'query'} { ${selection} }`;
    const values = variables.get(email);
    const own = Object.fromEntries(used.map(([name]) => [name, values?.[name]]));
    seen.push(kindsIn((await gateway.send(token, query, own)).data));
  }
  expect(seen).toEqual(cells);
});

test.each(Object.entries(streams))('stream: %s', async (_, [query, cells]) => {
  const callers = Object.values(CALLERS).filter(email => email !== null);
  const listeners: Listener[] = [];
  for (const email of callers) {
    const { order: orderId, subscription } = variables.get(email) ?? {};
    const own = query.includes('$order') ? { order: orderId } : { subscription };
    listeners.push(await new Listener(gateway.url, await gateway.token(email), query, own).has(1));
  }
  for (const { order: orderId, subscription } of new Set(variables.values()))
    for (const id of [orderId, subscription]) await refer(id as string);
  for (const listener of listeners) await listener.has(2);
  expect(['-', ...listeners.map(({ messages }) => kindsIn(messages))]).toEqual(cells);
  for (const listener of listeners) await listener.stop();
});

/** Changes the reference of an object, so that its stream has a message. */
async function refer(id: string): Promise<void> {
  const input = { id, externalReference: newKey() };
  const { errors } = await person(gateway, CALLERS.administrator).call(
    'setExternalReference',
    'SetExternalReferenceInput',
    input,
    'node { id }',
  );
  expect(errors).toEqual([]);
}
