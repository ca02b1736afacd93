import { administrator } from '../support/administrator';
import { keysOf } from '../support/api-keys';
import { people } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ADMIN, ALPINE, CONTOSO, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { type MailGateway, startMailGateway } from '../support/mails';
import { type Receiver, startReceiver } from '../support/receiver';
import { setRetail } from '../support/retail';
import { statementsOf } from '../support/statements';
import { numbered } from '../support/streams';
import { found } from '../support/until';
import { webhooksOf } from '../support/webhooks';

let world: MailGateway;
let receiver: Receiver;
let admin: ReturnType<typeof administrator>;
let who: ReturnType<typeof people>;
beforeAll(async () => {
  world = await startMailGateway();
  receiver = await startReceiver();
  admin = administrator(world.gateway);
  who = people(world.gateway);
});
afterAll(async () => {
  await world.stop();
  await receiver.stop();
});

const TRAIL = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditTrail(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { type message by { email } } } }`;

const NOTIFICATIONS = [
  'CANCELLATION_REQUESTED',
  'CHANGE_REQUESTED',
  'ORDER_COMPLETED',
  'ORDER_FAILED',
  'REQUEST_DECIDED',
];

const trail = async (filter: object, more: object = {}) =>
  (await admin.reads(TRAIL, { filter, ...more })).auditTrail;

/** Entries of an object, oldest first: the type and the message of each. */
async function entriesOf(objectId: string, filter: object = {}): Promise<string[]> {
  await numbered(world.gateway);
  const { nodes, totalCount } = await trail({ objectId, ...filter }, { first: 100 });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ type, message }: any) => `${type}: ${message}`).reverse();
}

const typesOf = async (objectId: string) =>
  (await entriesOf(objectId)).map(entry => entry.slice(0, entry.indexOf(':')));

test('an add-on: who created, changed, priced and published it, and which fields, without their values', async () => {
  const attributes = [{ name: 'tier', value: 'cold' }];
  const { addon: made } = await admin.does('createAddon', {
    ...{ sku: 'X-1', name: 'Cold gigabytes', incrementBytes: '1000', providerAttributes: attributes },
  });
  const addonId = made.id;
  const fields = { name: 'Cold storage', maxQuantity: 7, minQuantity: 1, providerAttributes: attributes };
  await admin.does('updateAddon', { addonId, ...fields });
  await admin.does('updateAddon', { addonId, name: 'Cold storage' });
  const lists = (await admin.reads('{ priceLists(first: 9) { nodes { id code isDefault } } }')).priceLists
    .nodes;
  const priceListId = lists.find(({ isDefault }: any) => isDefault).id;
  const price = { priceListId, itemId: addonId, billingCycle: 'MONTHLY' };
  for (const unitPrice of ['4', '3.50', null]) await admin.does('setPrice', { ...price, unitPrice });
  await admin.does('setPrice', { ...price, unitPrice: '3.10' });
  await admin.does('publishAddon', { addonId });
  await setRetail(world.gateway, { addonId, billingCycle: 'MONTHLY', unitPrice: '9.90' });
  await admin.does('setProductAddons', { productId: product('CB-SERVER'), addonIds: [addonId] });
  await admin.does('retireAddon', { addonId });
  expect(await entriesOf(addonId)).toEqual([
    'catalog.changed: The add-on Cold gigabytes was made.',
    'catalog.changed: The add-on Cold gigabytes was changed: name, maxQuantity.',
    'catalog.changed: The add-on Cold storage was saved without changes.',
    'catalog.changed: Cold storage, MONTHLY on the list public: 4.00 EUR, formerly not sold.',
    'catalog.changed: Cold storage, MONTHLY on the list public: 3.50 EUR, formerly 4.00 EUR.',
    'catalog.changed: Cold storage, MONTHLY on the list public: not sold, formerly 3.50 EUR.',
    'catalog.changed: Cold storage, MONTHLY on the list public: 3.10 EUR, formerly not sold.',
    'catalog.changed: Cold storage is sold from now on.',
    'retail.changed: The retail price of Cold storage, MONTHLY, was set.',
    expect.stringMatching(
      /^catalog.changed: The add-ons of Cloud Backup Server were changed: 1 added, \d removed\.$/,
    ),
    'catalog.changed: Cold storage is retired.',
  ]);
  const { nodes } = await trail({ objectId: addonId }, { first: 3 });
  expect(nodes.map(({ by }: any) => by.email)).toEqual([ADMIN, ADMIN, RESELLER]);
});

test('a product, a category and a price list have the changes of their own', async () => {
  const { category } = await admin.does('createCategory', { slug: 'cold', name: 'Cold' });
  const { category: top } = await admin.does('createCategory', { slug: 'top', name: 'Top' });
  const moved = { categoryId: category.id, parentId: top.id, description: 'For archives' };
  await admin.does('updateCategory', moved);
  expect(await entriesOf(category.id)).toEqual([
    'catalog.changed: The category Cold was made.',
    'catalog.changed: The category Cold was changed: description, parentId.',
  ]);
  expect(await entriesOf(top.id)).toEqual(['catalog.changed: The category Top was made.']);

  const productId = product('IC-BASE-5TB');
  await admin.does('updateProduct', { productId, categoryId: category.id, position: 9 });
  const { priceList } = await admin.does('createPriceList', { code: 'partners', currency: 'EUR' });
  const price = { priceListId: priceList.id, itemId: productId, billingCycle: 'ANNUALLY' };
  await admin.does('setPrice', { ...price, unitPrice: '100' });
  const set = expect.stringMatching(/ANNUALLY on the list partners: 100\.00 EUR, formerly not sold\.$/);
  expect(await entriesOf(productId)).toEqual([
    expect.stringMatching(/^catalog\.changed: The product .+ was changed: categoryId, position\.$/),
    set,
  ]);
  expect(await entriesOf(priceList.id)).toEqual(['catalog.changed: The price list partners was made.', set]);
});

test('an account and a user: names of fields, no values', async () => {
  const { account } = await admin.does('createAccount', {
    ...{ kind: 'CUSTOMER', name: 'Tailor', email: 'it@tailor.example', priceListId: null },
    billing: (
      await admin.reads(
        `{ account(id: "${CONTOSO}") { billing { company vatNumber email addressLine1 addressLine2 city postalCode country } } }`,
      )
    ).account.billing,
  });
  await admin.does('updateAccount', { accountId: account.id, name: 'Tailors', email: 'it2@tailor.example' });
  expect((await entriesOf(account.id)).at(-1)).toBe(
    'account.changed: The details of Tailor were changed: name, email.',
  );
  const { user } = await admin.does('createUser', {
    ...{ accountId: account.id, name: 'Tea', email: 'tea@tailor.example', roles: ['CUSTOMER'] },
  });
  await admin.does('updateUser', { userId: user.id, name: 'Tea', email: 'tea2@tailor.example' });
  expect(await entriesOf(user.id)).toEqual([
    'user.created: The user Tea was made: CUSTOMER.',
    'user.changed: The details of Tea were changed: email.',
  ]);
  const turn = (enabled: string[]) =>
    who.otherBuyer.call('setNotifications', 'SetNotificationsInput', { enabled }, 'user { id }');
  const { user: buyer } = await turn(['ORDER_FAILED']);
  await turn(['ORDER_FAILED']);
  await turn(NOTIFICATIONS);
  expect(await entriesOf(buyer.id, { types: ['user.changed'] })).toEqual([
    'user.changed: Notifications by mail are off: CANCELLATION_REQUESTED, CHANGE_REQUESTED, REQUEST_DECIDED, ORDER_COMPLETED.',
    'user.changed: Notifications by mail are all on.',
  ]);
});

test('an order, its subscription, operation and charges; a cancellation request and a change', async () => {
  const { manager } = who;
  const order = await manager.provisioned(NORTHWIND, {
    ...STORAGE,
    addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }],
  });
  const subscriptionId = order.lines[0].subscription.id;
  const [operation] = order.operations;
  const ofOrder = ['order.placed', 'order.executing', 'operation.created', 'order.completed'];
  expect(await typesOf(order.id)).toEqual(expect.arrayContaining(ofOrder));
  const ofOperation = await typesOf(operation.id);
  expect(ofOperation[0]).toBe('operation.created');
  expect(ofOperation.at(-1)).toBe('operation.changed');
  expect(new Set(ofOperation)).toEqual(
    new Set(['operation.created', 'operation.changed', 'step.changed', 'subscription.activated']),
  );

  const { subscriptionChange } = await manager.change({
    ...{ subscriptionId, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }], timing: 'IMMEDIATE' },
  });
  await world.gateway.settled();
  expect(await typesOf(subscriptionChange.id)).toEqual([
    'change.requested',
    'change.accepted',
    'subscription.changed',
    'change.completed',
  ]);
  const { cancellationRequest } = await manager.request({ subscriptionId, timing: 'END_OF_PERIOD' });
  await manager.withdraw({ requestId: cancellationRequest.id });
  expect(await typesOf(cancellationRequest.id)).toEqual([
    'cancellation.requested',
    'subscription.ending',
    'cancellation.accepted',
    'subscription.kept',
    'cancellation.withdrawn',
  ]);
  await numbered(world.gateway);
  const query = `query ($filter: ChargeFilter) { charges(first: 1, filter: $filter) { nodes { id } } }`;
  const [charge] = (await admin.reads(query, { filter: { subscriptionId } })).charges.nodes;
  expect(await typesOf(charge.id)).toEqual(['charge.created']);
  expect((await typesOf(subscriptionId)).length).toBeGreaterThan(ofOperation.length);
  // The subscription of the operation is found first.
  const positions =
    'query ($filter: AuditFilter) { auditTrail(filter: $filter, first: 1) { nodes { seq } } }';
  const reads = (objectId: string) =>
    statementsOf(world.gateway, () => admin.reads(positions, { filter: { objectId } }));
  expect([await reads(operation.id), await reads(subscriptionId)]).toEqual([2, 1]);
});

test('an API key, a webhook and a delivery', async () => {
  const keys = keysOf(world.gateway, ADMIN);
  const { apiKey } = await keys.create({ name: 'Ledger', scopes: ['READ'] });
  await keys.create({ name: 'Other', scopes: ['READ'] });
  await keys.revoke(apiKey.id);
  expect(await entriesOf(apiKey.id)).toEqual([
    'key.created: The API key Ledger was made.',
    'key.revoked: The API key Ledger was revoked.',
  ]);

  const hooks = webhooksOf(world.gateway, ADMIN);
  const { webhook } = await hooks.create({
    url: receiver.url,
    everyAccount: true,
    eventTypes: ['order.placed'],
  });
  const webhookId = webhook.id;
  const { url } = webhook;
  await hooks.update({ webhookId, description: 'Ledger', eventTypes: ['order.failed'], state: 'ENABLED' });
  await hooks.update({ webhookId, state: 'DISABLED' });
  await hooks.update({ webhookId, state: 'ENABLED' });
  await hooks.test(webhookId);
  const delivery = await found(async () => (await hooks.deliveries(webhookId, ['DELIVERED']))[0], {
    what: 'the test event is delivered',
  });
  await hooks.redeliver(delivery.id);
  const again = `webhook.changed: A delivery to ${url} was asked for again.`;
  expect(await entriesOf(delivery.id)).toEqual([again]);
  await hooks.remove(webhookId);
  expect(await entriesOf(webhookId)).toEqual([
    `webhook.created: A webhook to ${url} was made.`,
    `webhook.changed: The webhook ${url} was changed: description, eventTypes.`,
    `webhook.disabled: The webhook ${url} was disabled: It was disabled by a person.`,
    `webhook.changed: The webhook ${url} was changed: state.`,
    `webhook.changed: The webhook ${url} was changed: state.`,
    'webhook.test: This is a test, asked for by a person.',
    again,
    `webhook.disabled: The webhook ${url} was disabled: It was deleted.`,
    `webhook.deleted: The webhook ${url} was deleted.`,
  ]);
});

test('an invitation and a mail', async () => {
  const person = { accountId: ALPINE, email: 'ida@alpine.example', name: 'Ida', roles: ['CUSTOMER'] };
  const { invitation } = await world.invite(RESELLER, person);
  await world.resend(RESELLER, invitation.id);
  const { token } = await world.mailTo(person.email, 2);
  await world.accept(token ?? '');
  expect(await entriesOf(invitation.id)).toEqual([
    'invitation.sent: A person was invited: CUSTOMER.',
    'invitation.sent: An invitation was sent again.',
    'invitation.accepted: An invitation was accepted.',
    'user.created: The user was made by an invitation: CUSTOMER.',
  ]);
  const [mail] = await world.mails({ to: person.email });
  expect(await entriesOf(mail.id)).toEqual([]);
  await world.delivered();
  await world.sendAgain(mail.id);
  expect(await entriesOf(mail.id)).toEqual(['mail.resent: A mail was sent again.']);
});

test('a catalog import, and the items that it changed', async () => {
  const provider = 'open-service-broker';
  const { call } = people(world.gateway).admin;
  const run = async () =>
    (await call('importCatalog', 'ImportCatalogInput', { provider }, 'catalogImport { id changes { kind } }'))
      .catalogImport;
  await run();
  await world.gateway.rows(
    `UPDATE imported_items SET said = JSON_SET(said, '$.name', 'Former') WHERE code = 'CB-SERVER'`,
  );
  await admin.does('updateProduct', { productId: product('CB-SERVER'), name: 'Former' });
  const { id } = await run();
  const changed = expect.stringMatching(
    /^catalog\.changed: Imported from open-service-broker, [\w-]+: UPDATE CB-SERVER \(name\)\.$/,
  );
  expect(await entriesOf(id)).toEqual([
    `catalog.imported: The import of the catalog of ${provider} has begun.`,
    changed,
    expect.stringMatching(/^catalog\.imported: The import of the catalog of .* has ended: /),
  ]);
  expect((await entriesOf(product('CB-SERVER'))).at(-1)).toEqual(changed);
});

test('conditions combine, pages follow, and what never was has no entries', async () => {
  const { category } = await admin.does('createCategory', { slug: 'pages', name: 'Pages' });
  for (const position of [1, 2, 3]) await admin.does('updateCategory', { categoryId: category.id, position });
  await numbered(world.gateway);
  const filter = { objectId: category.id };
  const first = await trail(filter, { first: 3 });
  expect([first.totalCount, first.nodes.length, first.pageInfo.hasNextPage]).toEqual([4, 3, true]);
  const rest = await trail(filter, { first: 3, after: first.pageInfo.endCursor });
  expect(rest.nodes.map(({ message }: any) => message)).toEqual(['The category Pages was made.']);
  expect(await entriesOf(category.id, { types: ['key.created'] })).toEqual([]);
  expect(await entriesOf(category.id, { types: ['catalog.changed'] })).toHaveLength(4);
  expect(await entriesOf(category.id, { until: '2020-01-01T00:00:00Z' })).toEqual([]);
  expect(await entriesOf(category.id, { accountId: ALPINE })).toEqual([]);
  const none = `${'0'.repeat(25)}1`;
  for (const prefix of ['acc', 'add', 'can', 'chr', 'dlv', 'op', 'pl', 'svc', 'ses'])
    expect(await entriesOf(`${prefix}_${none}`)).toEqual([]);
});

test.each([
  ['a text', 'nonsense'],
  ['an id of a kind without events', `trk_${'0'.repeat(26)}`],
  ['a name that every object of JavaScript has', `constructor_${'0'.repeat(26)}`],
  ['a pattern', 'prod_%'],
])('%s is refused, and the error names the field', async (_, objectId) => {
  const token = await world.gateway.token(ADMIN);
  const { errors } = await world.gateway.send(token, TRAIL, { filter: { objectId } });
  expect(errors).toMatchObject([
    {
      message: '`filter.objectId` is not the id of an object that has a history.',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
});
