import { administrator } from '../support/administrator';
import { newKey as newApiKey } from '../support/api-keys';
import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { chargeRows } from '../support/charges';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { counts, writingNothing } from '../support/tables';

const SECOND_ADMIN = 'admin2@bss.example';
const CHARGE = `charge { id seq kind quantity amount { amount currency } unitPrice { amount } account { name } subscription { id }
  order { id } product { id } addon { id } reverses { id } reason periodStart periodEnd }`;

const now = new Date('2026-04-01T00:00:00.000Z');
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let id: string;
beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway, who } = office);
  const second = { name: 'Ann', email: SECOND_ADMIN, roles: ['ADMINISTRATOR'] };
  await administrator(gateway).does('createUser', second);
});
afterAll(() => office.stop());
beforeEach(async () => {
  await office.reset();
  id = await who.manager.liveSubscription(NORTHWIND);
});

const adjust = (input: object, person: Pick<Person, 'call'> = who.admin) =>
  person.call(
    'createAdjustment',
    'CreateAdjustmentInput',
    { subscriptionId: id, amount: '1.00', reason: 'Outage', idempotencyKey: newKey(), ...input },
    CHARGE,
  );

const adjustments = async () =>
  (await chargeRows(gateway))
    .filter(({ kind }) => kind === 'ADJUSTMENT')
    .map(({ amountMinor }) => amountMinor);

test.each([
  ['25.00', '25.00', 2500],
  ['-1.5', '-1.50', -150],
  ['0.01', '0.01', 1],
  ['100000000000.00', '100000000000.00', 10 ** 13],
])('an amount of %s', async (amount, shown, minor) => {
  const { charge, errors } = await adjust({ amount });
  expect(errors).toEqual([]);
  expect(charge).toMatchObject({
    kind: 'ADJUSTMENT',
    quantity: 1,
    amount: { amount: shown, currency: 'EUR' },
    unitPrice: { amount: shown },
    account: { name: 'Northwind Traders' },
    subscription: { id },
    order: null,
    product: null,
    addon: null,
    reverses: null,
    reason: 'Outage',
    periodStart: now.toISOString(),
    periodEnd: now.toISOString(),
  });
  expect(await adjustments()).toEqual([minor]);
  const last = (await chargeRows(gateway)).at(-1);
  expect(charge.seq).toBe(String(last?.seq));
});

test('the payer sees it, with its reason', async () => {
  await adjust({ reason: 'Credit for the outage' });
  const { data } = await who.buyer.send(
    '{ charges(first: 9, filter: { kinds: [ADJUSTMENT] }) { nodes { reason } } }',
  );
  expect(data.charges.nodes).toEqual([{ reason: 'Credit for the outage' }]);
});

test('of an end customer is for its reseller', async () => {
  await who.reseller.order(STORAGE, ALPINE);
  await gateway.settled();
  const [row] = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions WHERE accountId = ?', [
    ALPINE,
  ]);
  const { charge } = await adjust({ subscriptionId: row?.id });
  expect(charge.account).toEqual({ name: 'Skyline IT' });
});

test('on a subscription in any other state', async () => {
  await who.manager.requested(id, { timing: 'IMMEDIATE' });
  await gateway.settled();
  expect((await who.manager.seeSubscription(id)).state).toBe('CANCELLED');
  expect((await adjust({ amount: '-8.00' })).errors).toEqual([]);
  const suspended = await who.manager.suspendedSubscription(NORTHWIND);
  expect((await adjust({ subscriptionId: suspended })).errors).toEqual([]);
  expect(await adjustments()).toEqual([-800, 100]);
});

test.each([
  ['zero', { amount: '0' }, 'INVALID_INPUT amount'],
  ['negative zero', { amount: '-0.00' }, 'INVALID_INPUT amount'],
  ['three decimal places of EUR', { amount: '1.005' }, 'INVALID_INPUT amount'],
  ['more than the maximum', { amount: '100000000000.01' }, 'INVALID_INPUT amount'],
  ['less than the minimum', { amount: '-100000000000.01' }, 'INVALID_INPUT amount'],
  ['more than an integer holds', { amount: `-${'9'.repeat(18)}.99` }, 'INVALID_INPUT amount'],
  ['an empty reason', { reason: '' }, 'INVALID_INPUT reason'],
  ['a blank reason', { reason: ' \t ' }, 'INVALID_INPUT reason'],
  ['a reason of two lines', { reason: 'One\ntwo' }, 'INVALID_INPUT reason'],
  ['a reason that is too long', { reason: 'x'.repeat(1001) }, 'INVALID_INPUT reason'],
  ['an empty key', { idempotencyKey: '' }, 'INVALID_INPUT idempotencyKey'],
  ['an unknown subscription', { subscriptionId: 'sub_unknown' }, 'NOT_FOUND subscriptionId'],
  ['the id of something else', { subscriptionId: NORTHWIND }, 'NOT_FOUND subscriptionId'],
])('%s is refused, and nothing is written', async (_, input, error) => {
  const answer = await writingNothing(gateway, () => adjust(input));
  expect(codesWithPaths(answer)).toEqual([error]);
  expect(answer.charge).toBeNull();
});

describe('idempotency', () => {
  test('the same key and input is the same charge, also at the same time', async () => {
    const input = { idempotencyKey: newKey() };
    const answers = await Promise.all([1, 2, 3, 4].map(() => adjust(input)));
    const again = await adjust({ ...input, amount: '1.00' });
    const ids = [...answers, again].map(({ charge }) => charge.id);
    expect(new Set(ids).size).toBe(1);
    expect(await adjustments()).toEqual([100]);
    expect(
      await gateway.rows(`SELECT 1 FROM events WHERE type = 'charge.created' AND data LIKE ?`, [
        `%${ids[0]}%`,
      ]),
    ).toHaveLength(1);
  });

  test.each([{ amount: '2.00' }, { reason: 'Other' }])('the same key with %j is refused', async other => {
    const idempotencyKey = newKey();
    await adjust({ idempotencyKey });
    const answer = await writingNothing(gateway, () => adjust({ idempotencyKey, ...other }));
    expect(codesWithPaths(answer)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  });

  test('a refused call leaves its key free', async () => {
    const idempotencyKey = newKey();
    expect((await adjust({ idempotencyKey, amount: '0' })).charge).toBeNull();
    expect((await adjust({ idempotencyKey })).errors).toEqual([]);
  });

  test('the same key of two administrators makes two', async () => {
    const input = { idempotencyKey: newKey() };
    const [one, other] = [await adjust(input), await adjust(input, office.person(SECOND_ADMIN))];
    expect(one.charge.id).not.toBe(other.charge.id);
    expect(await adjustments()).toEqual([100, 100]);
  });
});

describe('everybody else is refused, and nothing is written', () => {
  test.each(['buyer', 'reseller', 'manager', 'otherManager', 'otherBuyer'] as const)('%s', async name => {
    const answer = await writingNothing(gateway, () => adjust({}, who[name]));
    expect(codesWithPaths(answer)).toEqual(['FORBIDDEN']);
  });

  test('an API key of an administrator', async () => {
    const scopes = ['READ', 'EXECUTE', 'DECIDE', 'CUSTOMERS', 'MANAGE_CATALOG', 'CANCEL', 'RENAME'];
    const key = await newApiKey(gateway, 'admin@bss.example', scopes);
    const before = await counts(gateway, 'charges', 'idempotency_keys');
    const { data } = await gateway.send(
      key.secret,
      `mutation ($id: ID!) { createAdjustment(input: { subscriptionId: $id, amount: "1.00", reason: "x", idempotencyKey: "k" }) {
         charge { id } errors { code } } }`,
      { id },
    );
    expect(data.createAdjustment).toEqual({ charge: null, errors: [{ code: 'FORBIDDEN' }] });
    expect(await counts(gateway, 'charges', 'idempotency_keys')).toEqual(before);
  });
});
