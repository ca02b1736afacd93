import { userId } from '../../dev/demo-data';
import { administrator } from '../support/administrator';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { product } from '../support/catalog';
import { CONTOSO, MANAGER, NORTHWIND } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { numbered } from '../support/streams';

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let admin: ReturnType<typeof administrator>;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  admin = administrator(gateway);
});
afterAll(() => office.stop());

const account = async () =>
  (
    await gateway.rows('SELECT version, accountManagerId, priceListId FROM accounts WHERE id = ?', [CONTOSO])
  )[0];

test.each([
  ['assignAccountManager', 'accountManagerId', userId(MANAGER)],
  ['assignPriceList', 'priceListId', 'reseller'],
] as const)('%s keeps what is left out, and null clears it', async (mutation, field, value) => {
  const lists = (await admin.reads('{ priceLists { nodes { id code } } }')).priceLists.nodes;
  const wanted = lists.find(({ code }: any) => code === value)?.id ?? value;
  await admin.does(mutation, { accountId: CONTOSO, [field]: wanted });
  const before = await account();
  expect(before).toMatchObject({ [field]: wanted });
  await admin.does(mutation, { accountId: CONTOSO });
  expect(await account()).toEqual(before);
  await admin.does(mutation, { accountId: CONTOSO, [field]: null });
  expect(await account()).toMatchObject({ [field]: null, version: before?.version + 1 });
});

test('emptyBasket rejects a stale version, and leaves the basket as it is', async () => {
  const { basket } = await who.buyer.add({ productId: product('IC-BASE-1TB') });
  const empty = (input?: object) =>
    who.buyer.call('emptyBasket', 'EmptyBasketInput', input, 'basket { lines { id } }');
  expect(codes(await empty({ expectedVersion: basket.version - 1 }))).toEqual(['VERSION_CONFLICT']);
  expect((await who.buyer.basket()).lines).toHaveLength(1);
  expect((await empty({ expectedVersion: basket.version })).basket.lines).toEqual([]);
  expect((await empty()).basket.lines).toEqual([]);
});

test('an entry of the audit trail leads to the objects that it concerns', async () => {
  const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
  const { id: requestId } = await who.manager.requested(subscriptionId);
  await numbered(gateway);
  const query = `query ($id: ID) { auditTrail(first: 100, filter: { subscriptionId: $id }) { nodes { type
    order { id } subscription { id } operation { id kind } cancellationRequest { id } account { id } } } }`;
  const { nodes } = (await admin.reads(query, { id: subscriptionId })).auditTrail;
  const entry = (type: string) => nodes.find((node: any) => node.type === type);
  const [{ orderId }] = (await gateway.rows('SELECT orderId FROM subscriptions WHERE id = ?', [
    subscriptionId,
  ])) as [{ orderId: string }];
  expect(entry('subscription.created')).toMatchObject({
    order: { id: orderId },
    subscription: { id: subscriptionId },
    cancellationRequest: null,
    account: { id: NORTHWIND },
  });
  expect(entry('operation.created').operation).toMatchObject({ kind: 'PROVISION' });
  expect(entry('cancellation.requested').cancellationRequest).toEqual({ id: requestId });
});
