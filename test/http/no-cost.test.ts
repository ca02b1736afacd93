import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema } from 'graphql';
import { mutations } from '../authz/questions';
import type { World } from '../authz/worlds';
import { administrator } from '../support/administrator';
import { type BackOffice, type Person, people } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { costFinder, setDistinctivePrices } from '../support/costs';
import { Crawler, type Start } from '../support/crawl';
import { ALPINE, RESELLER } from '../support/demo';
import type { TestGateway } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { type Receiver, startReceiver } from '../support/receiver';
import { newEndCustomer, setRetail } from '../support/retail';
import { usualSecurity } from '../support/security';
import { seededRandom } from '../support/seeded-random';
import { Listener, numbered } from '../support/streams';
import { until } from '../support/until';
import { allDelivered, webhooksOf } from '../support/webhooks';

const EMAIL = 'it@alpine.example';
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const schema = buildSchema(readFileSync(resolve(__dirname, '../../schema/schema.graphql'), 'utf8'));
const namesOf = (root: string) => Object.keys((schema.getType(root) as any).getFields()).sort();

const BASE = { productId: product('IC-BASE-1TB') };
const LARGER = { productId: product('IC-BASE-5TB') };
const SERVER = { productId: product('CB-SERVER') };
const MORE = { addonId: addon('IC-ADD-1TB') };
const ARCHIVE = { addonId: addon('CB-ARCHIVE-100GB') };

let mails: MailGateway;
let gateway: TestGateway;
let who: BackOffice['who'];
let receiver: Receiver;
let customer: Person;
let world: World;
let listeners: Listener[] = [];
let find: (text: string) => string[];
const crawler = new Crawler(schema, seededRandom(SEED));

/** The life of an end customer: orders with and without retail prices, a change, a cancellation, and a price that changes. */
beforeAll(async () => {
  process.stderr.write(`no cost: seed ${SEED}\n`);
  receiver = await startReceiver();
  mails = await startMailGateway({}, { security: usualSecurity({ COST_PER_OPERATION: '1000000' }) });
  ({ gateway } = mails);
  who = people(gateway);
  customer = await newEndCustomer(gateway, ALPINE, EMAIL);
  await setDistinctivePrices(gateway);
  for (const [index, item] of [BASE, LARGER, SERVER, MORE].entries())
    await setRetail(gateway, { ...item, unitPrice: `${3001 + 1111 * index}.03` });
  const { webhook } = await webhooksOf(gateway, EMAIL).create({ url: receiver.url, eventTypes: [] });
  const token = await gateway.token(EMAIL);
  listeners = namesOf('Subscription').flatMap(field =>
    crawler.documents('subscription', { field }, 2).map(query => new Listener(gateway.url, token, query)),
  );
  await Promise.all(listeners.map(listener => listener.has(1)));

  const { order } = await who.reseller.order({ ...BASE, addons: [{ ...MORE, quantity: 2 }] }, ALPINE);
  await who.reseller.order({ ...SERVER, quantity: 3, addons: [{ ...ARCHIVE, quantity: 2 }] }, ALPINE);
  const waiting = await who.manager.placed(ALPINE, { ...SERVER, addons: [{ ...ARCHIVE, quantity: 1 }] });
  await who.manager.provisioned(ALPINE, SERVER);
  const subscriptionId = (await customer.seeOrder(order.id)).lines[0].subscription.id;
  await who.reseller.order({ subscriptionId, addons: [{ ...MORE, quantity: 1 }] }, ALPINE);
  await gateway.settled();
  const wanted = { subscriptionId, ...LARGER, addons: [{ ...MORE, quantity: 1 }] };
  const { subscriptionChange } = await customer.change(wanted);
  await who.reseller.decideChange({ changeId: subscriptionChange.id, decision: 'ACCEPT' });
  await who.manager.decideChange({ changeId: subscriptionChange.id, decision: 'ACCEPT' });
  await gateway.settled();
  expect((await customer.seeChange(subscriptionChange.id)).state).toBe('COMPLETED');

  const { basket } = await customer.add({ ...LARGER, addons: [{ ...MORE, quantity: 2 }] });
  await customer.confirm();
  const price = { itemId: LARGER.productId, billingCycle: 'MONTHLY', unitPrice: '8887.79' };
  for (const { id } of gateway.app.deps.catalog.current.allPriceLists)
    await administrator(gateway).does('setPrice', { ...price, priceListId: id });
  await setRetail(gateway, { ...MORE, unitPrice: '3003.07' });
  const request = await customer.requested(subscriptionId, { timing: 'END_OF_PERIOD', reason: 'Too large' });
  await who.reseller.decide({ requestId: request.id, decision: 'ACCEPT' });
  await allDelivered(gateway, webhook.id);
  await numbered(gateway);
  find = await costFinder(gateway);

  const { data } = await customer.send(
    `query ($id: ID!, $webhookId: ID!) { viewer { id account { name } } order(id: $id) { number lines { id } operations { id } }
       webhookDeliveries(webhookId: $webhookId, first: 1) { nodes { id } } }`,
    { id: order.id, webhookId: webhook.id },
  );
  world = {
    User: data.viewer.id,
    Account: ALPINE,
    accountName: data.viewer.account.name,
    owner: ALPINE,
    Order: order.id,
    orderNumber: data.order.number,
    OrderLine: data.order.lines[0].id,
    CloudSubscription: subscriptionId,
    changingSubscription: waiting.id,
    ProvisioningOperation: data.order.operations[0].id,
    CancellationRequest: request.id,
    SubscriptionChange: subscriptionChange.id,
    Basket: basket.id,
    BasketLine: basket.lines[0].id,
    Charge: (await gateway.rows('SELECT id FROM charges WHERE subscriptionId = ?', [subscriptionId]))[0]?.id,
    Webhook: webhook.id,
    WebhookDelivery: data.webhookDeliveries.nodes[0].id,
    ApiKey: 'key_1',
    Invitation: 'inv_1',
    Mail: 'mail_1',
  };
}, 120_000);
afterAll(async () => {
  await Promise.all(listeners.map(listener => listener.stop()));
  await mails.stop();
  await receiver.stop();
});

const id = (value: string) => `id: ${JSON.stringify(value)}`;
const sorted = (fields: string[]): Start['args'][] =>
  fields.flatMap(field =>
    ['ASC', 'DESC'].map(direction => `sort: { field: ${field}, direction: ${direction} }`),
  );

/** Arguments with which each query is asked; without an entry it is asked without arguments. */
const argumentsOf = (): Record<string, (string | undefined)[]> => ({
  category: ['slug: "impossible-cloud"'],
  product: ['sku: "IC-BASE-1TB"', 'sku: "CB-WORKSTATION"'],
  nodes: [`ids: ["${world.Order}"]`],
  account: [id(ALPINE)],
  order: [id(world.Order)],
  orders: [undefined, ...sorted(['PLACED_AT', 'NUMBER'])],
  subscription: [id(world.CloudSubscription)],
  subscriptions: [undefined, ...sorted(['CREATED_AT', 'FRIENDLY_NAME', 'CURRENT_PERIOD_END'])],
  operation: [id(world.ProvisioningOperation)],
  cancellationRequest: [id(world.CancellationRequest)],
  subscriptionChange: [id(world.SubscriptionChange)],
  previewSubscriptionChange: [
    `input: { subscriptionId: "${world.CloudSubscription}", addons: [{ addonId: "${MORE.addonId}", quantity: 3 }] }`,
  ],
  pastPrices: [`priceListId: "pl_1", itemId: "${BASE.productId}", billingCycle: MONTHLY`],
  webhookDeliveries: [`webhookId: "${world.Webhook}"`],
});

const nodeIds = (): Record<string, string> => ({
  ...(world as unknown as Record<string, string>),
  Product: BASE.productId,
  Addon: MORE.addonId,
});

/** Every query, in every shape. */
function starts(): Start[] {
  const known = argumentsOf();
  return namesOf('Query').flatMap<Start>(field => {
    if (field === 'node')
      return Object.entries(nodeIds()).flatMap(([only, value]) =>
        schema.getType(only) ? [{ field, args: id(value), only }] : [],
      );
    if (field === 'nodes') return [{ field, args: known.nodes?.[0] as string, only: 'Order' }];
    return (known[field] ?? [undefined]).map(args => (args === undefined ? { field } : { field, args }));
  });
}

/** Documents that are sent at once. */
const AT_ONCE = 8;
/** Refusals that a document of the crawl can get: all others mean that it was not carried out. */
const REFUSED = ['FORBIDDEN'];

/** Sends documents, and returns the costs in the answers with the document that each answers. */
async function costsIn(email: string, documents: readonly string[]) {
  const found: { document: string; costs: string[] }[] = [];
  const ask = async (document: string) => {
    const answer = await gateway.send(await gateway.token(email), document);
    const refused = (answer.errors ?? []).map(({ extensions }) => extensions.code);
    const unusual = refused.filter(code => !REFUSED.includes(code));
    if (unusual.length > 0) throw new Error(`${unusual.join()}: ${document}`);
    const costs = find(JSON.stringify(answer));
    if (costs.length > 0) found.push({ document, costs });
  };
  for (let from = 0; from < documents.length; from += AT_ONCE)
    await Promise.all(documents.slice(from, from + AT_ONCE).map(ask));
  return found;
}

test('no answer to any query of the schema has a cost, and the same queries show costs to the reseller', async () => {
  const documents = starts().flatMap(start => crawler.documents('query', start, 5));
  expect(documents.length).toBeGreaterThan(400);
  expect(await costsIn(EMAIL, documents)).toEqual([]);
  expect(crawler.missed()).toEqual([]);
  const shownToReseller = await costsIn(RESELLER, documents.slice(0, 300));
  expect(shownToReseller.length).toBeGreaterThan(20);
}, 120_000);

test('the end customer sees retail prices on those paths: the search for costs has not looked at nothing', async () => {
  const { data } = await customer.send(`{
    products { nodes { prices { unitPrice { amount } } retailPrices { unitPrice { amount } } } }
    basket { total { amount } lines { unitPrice { amount } } problems { code } }
    orders { nodes { total { amount } lines { unitPrice { amount } } } }
    subscriptionChanges { nodes { to { recurringTotal { amount } } } }
    subscriptions { nodes { recurringTotal { amount } } } }`);
  const amounts = JSON.stringify(data).match(/"amount":"\d+\.\d\d"/g) ?? [];
  expect(amounts.length).toBeGreaterThan(10);
  expect(data.basket.problems.map(({ code }: any) => code)).toContain('PRICE_CHANGED');
});

test('no message of a stream has a cost', () => {
  const messages = listeners.flatMap(listener => listener.messages);
  expect(messages.length).toBeGreaterThan(3 * listeners.length);
  expect(find(JSON.stringify(messages))).toEqual([]);
  expect(listeners.flatMap(({ errors }) => errors)).toEqual([]);
});

test('no webhook message has a cost', () => {
  const bodies = receiver.taken.map(({ body }) => body);
  expect(bodies.length).toBeGreaterThan(20);
  expect(bodies.flatMap(find)).toEqual([]);
});

test('no mail to the end customer has a cost', async () => {
  await until(
    async () => {
      const [row] = await gateway.rows(
        'SELECT (SELECT last FROM mail_position) >= (SELECT MAX(seq) FROM events) AS done',
      );
      return row?.done === 1;
    },
    { what: 'mails about all events are queued' },
  );
  await mails.delivered();
  const sources = mails.server.mails.flatMap(({ to, source }) => (to === EMAIL ? [source] : []));
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.flatMap(find)).toEqual([]);
});

test('no event that an end customer might see has a cost in its message or its data', async () => {
  const events = await gateway.rows(
    'SELECT message, data FROM events WHERE accountId = ? OR resellerId IS NOT NULL',
    [ALPINE],
  );
  expect(events.length).toBeGreaterThan(50);
  expect(find(JSON.stringify(events))).toEqual([]);
});

test('a search for a cost finds nothing', async () => {
  const [row] = await gateway.rows('SELECT totalMinor FROM orders WHERE id = ?', [world.Order]);
  for (const search of [String(row?.totalMinor), (row?.totalMinor / 100).toFixed(2)]) {
    const { data } = await customer.send(
      `query ($search: String) { products(filter: { search: $search }) { totalCount }
         orders(filter: { search: $search }) { totalCount } subscriptions(filter: { search: $search }) { totalCount } }`,
      { search },
    );
    expect(data).toEqual({
      products: { totalCount: 0 },
      orders: { totalCount: 0 },
      subscriptions: { totalCount: 0 },
    });
  }
});

test('no answer to a mutation has a cost, refusals included', async () => {
  const text = (name: string) => (mutations[name] as (of: World) => string)(world);
  const inputs: Record<string, string> = {
    ...Object.fromEntries(namesOf('Mutation').map(name => [name, text(name)])),
    addToBasket: `addToBasket(input: { productId: "${BASE.productId}", addons: [{ addonId: "${MORE.addonId}", quantity: 1 }] })`,
    updateBasketLine: `updateBasketLine(input: { lineId: "${world.BasketLine}", quantity: 99 })`,
  };
  // Those would end the session of the caller, or its basket.
  const { signOut: _, emptyBasket: __, removeBasketLine: ___, ...asked } = inputs;
  const documents = Object.entries(asked).flatMap(([field, question]) => {
    const args = question.slice(question.indexOf('(') + 1, question.lastIndexOf(')'));
    return crawler.documents('mutation', question === field ? { field } : { field, args }).slice(0, 2);
  });
  expect(await costsIn(EMAIL, documents)).toEqual([]);
  const refused = await customer.checkout({ basketId: world.Basket, idempotencyKey: 'once more' });
  expect(refused.errors.length).toBeGreaterThan(0);
  expect(find(JSON.stringify(refused))).toEqual([]);
}, 60_000);
