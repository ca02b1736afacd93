import { Account, DomainEvent } from '../../src/entities';
import { type Actor, accountActor } from '../../src/policies';
import { cancellationStream } from '../../src/services/streams/cancellation-stream';
import { orderStream } from '../../src/services/streams/order-stream';
import { provisioningStream } from '../../src/services/streams/provisioning-stream';
import { subscriptionStream } from '../../src/services/streams/subscription-stream';
import { findById } from '../../src/store';
import { canSee } from '../../src/webhooks/message';
import { administrator } from '../support/administrator';
import { people, person } from '../support/back-office';
import { chargeRows } from '../support/charges';
import { ADMIN, ALPINE, NORTHWIND, RESELLER, SKYLINE, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type Receiver, startReceiver } from '../support/receiver';
import { newKey } from '../support/shop';
import { allDelivered, webhooksOf } from '../support/webhooks';

const BUYER = 'buyer@northwind.example';
const END_CUSTOMER = 'ada@alpine.example';

let gateway: TestGateway;
/** Receivers of the payers, of the end customer, and of every account. */
let receivers: Record<'reseller' | 'buyer' | 'endCustomer' | 'all' | 'chosen', Receiver>;
let ids: string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const ada = { accountId: ALPINE, name: 'Ada', email: END_CUSTOMER, roles: ['CUSTOMER'] };
  await administrator(gateway).does('createUser', ada);
  const [reseller, buyer, endCustomer, all, chosen] = await Promise.all([1, 2, 3, 4, 5].map(startReceiver));
  receivers = { reseller, buyer, endCustomer, all, chosen } as typeof receivers;
  const create = async (email: string, { url }: Receiver, input: object = {}) =>
    (await webhooksOf(gateway, email).create({ url, ...input })).webhook.id as string;
  ids = [
    await create(RESELLER, receivers.reseller),
    await create(BUYER, receivers.buyer),
    await create(ADMIN, receivers.endCustomer, { accountId: ALPINE, eventTypes: [] }),
    await create(ADMIN, receivers.all, { everyAccount: true }),
    await create(RESELLER, receivers.chosen, { eventTypes: ['charge.created'] }),
  ];
  const who = people(gateway);
  await who.reseller.order(STORAGE, ALPINE);
  await who.buyer.order(STORAGE);
  await gateway.settled();
  const [row] = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions WHERE accountId = ?', [
    ALPINE,
  ]);
  const input = { subscriptionId: row?.id, amount: '-1.50', reason: 'Outage', idempotencyKey: newKey() };
  await who.admin.call('createAdjustment', 'CreateAdjustmentInput', input, 'charge { id }');
  await chargeRows(gateway);
  for (const id of ids) await allDelivered(gateway, id);
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  await Promise.all(Object.values(receivers).map(receiver => receiver.stop()));
});

const chargesAt = (receiver: Receiver): any[] =>
  receiver.taken.map(({ json }) => json).filter(({ type }) => type === 'charge.created');

test('the webhooks of the payer and of every account get it, those of an end customer never', async () => {
  const rows = await chargeRows(gateway);
  const of = (account: string) => rows.filter(({ accountId }) => accountId === account).map(({ id }) => id);
  const told = (receiver: Receiver) =>
    chargesAt(receiver)
      .map(({ data }) => data.chargeId)
      .sort();
  expect(of(SKYLINE)).toHaveLength(2);
  expect(told(receivers.reseller)).toEqual(of(SKYLINE).sort());
  expect(told(receivers.buyer)).toEqual(of(NORTHWIND).sort());
  expect(told(receivers.all)).toEqual(rows.map(({ id }) => id).sort());
  expect(told(receivers.endCustomer)).toEqual([]);
  // It gets the other events of the same subscription, and nothing is withheld.
  expect(receivers.endCustomer.taken.length).toBeGreaterThan(5);
  expect(
    await gateway.rows(
      `SELECT 1 FROM deliveries WHERE eventType = 'charge.created' AND state <> 'DELIVERED'`,
    ),
  ).toEqual([]);
});

test('a webhook can select it alone', () => {
  const types = new Set(receivers.chosen.taken.map(({ json }) => json.type));
  expect([types, receivers.chosen.taken.length]).toEqual([new Set(['charge.created']), 2]);
});

test('the message has ids and references, and no amount', async () => {
  const [first, adjustment] = chargesAt(receivers.reseller);
  expect(Object.keys(first.data).sort()).toEqual(
    ['accountId', 'chargeId', 'cursor', 'orderId', 'subscriptionId'].sort(),
  );
  // The account of the message is the payer.
  expect(first.data.accountId).toBe(SKYLINE);
  expect(Object.keys(adjustment.data).sort()).toEqual(
    ['accountId', 'chargeId', 'cursor', 'subscriptionId'].sort(),
  );
  for (const { body } of receivers.all.taken.filter(({ json }) => json.type === 'charge.created'))
    expect(body).not.toMatch(/amount|Minor|6\.40|1\.50|Outage/);
});

test('the reader finds the charge by its id', async () => {
  for (const { data } of chargesAt(receivers.reseller)) {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Charge { id subscription { id } } } }';
    const answer = await person(gateway, RESELLER).send(query, { id: data.chargeId });
    expect(answer.data.node).toEqual({ id: data.chargeId, subscription: { id: data.subscriptionId } });
    expect((await person(gateway, END_CUSTOMER).send(query, { id: data.chargeId })).data.node).toBeNull();
  }
});

test('a delivery checks the charge itself: its subscription is visible to the end customer', async () => {
  const { db } = gateway.app.deps;
  const events = await db.many(DomainEvent, `WHERE t.type = 'charge.created' AND t.accountId = ?`, [SKYLINE]);
  expect(events).toHaveLength(2);
  const [reseller, endCustomer] = await Promise.all(
    [SKYLINE, ALPINE].map(async id => accountActor((await findById(db, Account, id)) as Account)),
  );
  for (const event of events) {
    expect(await canSee(db, reseller as Actor, event)).toBe(true);
    expect(await canSee(db, endCustomer as Actor, event)).toBe(false);
  }
});

test('the audit trail has it, without an amount; streams and mails have nothing of it', async () => {
  const query = `{ auditTrail(first: 100, filter: { types: ["charge.created"] }) {
    nodes { type message account { name } by { email } } } }`;
  const { data, errors } = await person(gateway, ADMIN).send(query);
  expect(errors).toBeUndefined();
  expect(data.auditTrail.nodes).toHaveLength(3);
  expect(JSON.stringify(data)).not.toMatch(/\d\.\d\d|Outage/);
  const byUsers = data.auditTrail.nodes.filter(({ by }: any) => by !== null);
  expect(byUsers).toMatchObject([{ account: { name: 'Skyline IT' }, by: { email: ADMIN } }]);
  expect(await gateway.rows('SELECT 1 FROM mails')).toEqual([]);
  const streams = [orderStream, subscriptionStream, provisioningStream, cancellationStream];
  expect(streams.filter(({ includes }) => includes('charge.created'))).toEqual([]);
});
