import { userId } from '../../dev/demo-data';
import { escalateRequests } from '../../src/mail';
import { type Administrator, administrator } from '../support/administrator';
import { type BackOffice, people } from '../support/back-office';
import { ALPINE, CONTOSO, SKYLINE, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import { watch } from '../support/live';
import { type MailGateway, startMailGateway } from '../support/mails';
import { shopper } from '../support/shop';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';

const MANAGER = 'manager@bss.example';
const DEPUTY = 'manager2@bss.example';
const ADMIN = 'admin@bss.example';
const HOUR_MS = 3_600_000;
const HOURS = { deputy: 24, administrators: 48 };

let world: MailGateway;
let who: BackOffice['who'];
let admin: Administrator;
beforeEach(async () => {
  world = await startMailGateway();
  who = people(world.gateway);
  admin = administrator(world.gateway);
});
afterEach(() => world.stop());

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const set = (as: string, input: object) =>
  shopper(world.gateway, as).call(
    'setDeputy',
    'SetDeputyInput',
    input,
    'user { id deputy { id name } deputyFrom deputyUntil }',
  );
const ofMe = (input: object = {}) => set(MANAGER, { deputyId: userId(DEPUTY), ...input });

/** A request of Contoso for the end of its subscription; resolves to its id. */
async function request(): Promise<string> {
  const subscriptionId = await who.manager.liveSubscription(CONTOSO);
  return (await who.otherBuyer.requested(subscriptionId)).id;
}
const decide = (requestId: string) => who.otherManager.decide({ requestId, decision: 'REJECT' });
const overdueMails = () =>
  world.server.mails.filter(({ subject }) => /waits for a decision/.test(subject)).map(({ to }) => to);

test('a deputy decides what the account manager decides, from the start to the end', async () => {
  const requestId = await request();
  expect(codes(await decide(requestId))).toEqual(['NOT_FOUND']);
  const { user, errors } = await ofMe({ until: inHours(8) });
  expect(errors).toEqual([]);
  expect(user).toMatchObject({ id: userId(MANAGER), deputy: { id: userId(DEPUTY) }, deputyFrom: null });
  expect(codes(await decide(requestId))).toEqual([]);
  const seen = async () => {
    const query = '{ accounts(first: 100) { nodes { id } } }';
    const { data } = await world.gateway.send(await world.gateway.token(DEPUTY), query);
    return data.accounts.nodes.map(({ id }: { id: string }) => id);
  };
  expect(await seen()).toEqual(expect.arrayContaining([CONTOSO, SKYLINE, ALPINE]));

  await ofMe({ from: inHours(1), until: inHours(8) });
  expect(await seen()).not.toContain(CONTOSO);
  await world.gateway.rows(
    'UPDATE users SET deputyFrom = NOW(3) - INTERVAL 1 SECOND WHERE deputyId IS NOT NULL',
  );
  expect(await seen()).toContain(CONTOSO);
  await world.gateway.rows('UPDATE users SET deputyUntil = NOW(3) WHERE deputyId IS NOT NULL');
  expect(await seen()).not.toContain(CONTOSO);
  await ofMe();
  expect(await seen()).toContain(CONTOSO);
  const { user: ended } = await set(MANAGER, { deputyId: null });
  expect(ended).toMatchObject({ deputy: null, deputyFrom: null, deputyUntil: null });
  expect(await seen()).not.toContain(CONTOSO);
});

test('the open stream of a deputy gets the requests of the account manager while it acts', async () => {
  const stream = await watch({
    gateway: world.gateway,
    email: DEPUTY,
    query: `subscription { cancellationUpdates { ... on CancellationSnapshot { requests { id } }
      ... on CancellationUpdate { request { id } } } }`,
  });
  await stream.next();
  await ofMe();
  const id = await request();
  await until(async () => {
    const { cancellationUpdates } = await stream.next();
    return cancellationUpdates.request?.id === id;
  });
  await stream.stop();
});

test.each([
  ['the own user', () => ({ deputyId: userId(MANAGER) }), 'INVALID_INPUT deputyId'],
  ['a user of a reseller', () => ({ deputyId: userId('sales@harbor.example') }), 'NOT_FOUND deputyId'],
  ['nobody', () => ({ deputyId: 'usr_none' }), 'NOT_FOUND deputyId'],
  ['an end before the start', () => ({ from: inHours(2), until: inHours(1) }), 'INVALID_INPUT until'],
  ['an end in the past', () => ({ until: inHours(-1) }), 'INVALID_INPUT until'],
  ['another account manager', () => ({ userId: userId(DEPUTY), deputyId: userId(ADMIN) }), 'FORBIDDEN'],
])('%s as a deputy is refused', async (_, input, refusal) => {
  const [code, path] = refusal.split(' ');
  const { errors } = await writingNothing(world.gateway, () => ofMe(input()));
  expect(errors).toMatchObject([{ code, path: path ? [path] : null }]);
});

test('an administrator sets the deputy of an account manager, and nobody else has one', async () => {
  const { errors } = await set(ADMIN, { userId: userId(MANAGER), deputyId: userId(DEPUTY) });
  expect(errors).toEqual([]);
  await writingNothing(world.gateway, async () => {
    const input = { deputyId: userId(DEPUTY) };
    expect((await set(ADMIN, input)).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['userId'] }]);
    expect((await set(ADMIN, { ...input, userId: userId('sales@harbor.example') })).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['userId'] },
    ]);
    expect(codes(await set('sales@skyline.example', input))).toEqual(['FORBIDDEN']);
  });
});

test('a new request is mailed to the account manager and to the deputy who acts', async () => {
  await ofMe();
  await request();
  const asked = () =>
    world.server.mails.filter(({ subject }) => /^Cancellation of .* requested$/.test(subject));
  await until(() => asked().length === 2);
  expect(
    asked()
      .map(({ to }) => to)
      .sort(),
  ).toEqual([MANAGER, DEPUTY].sort());
});

test('a request without a decision goes to the deputy after 24 hours and to administrators after 48, once each', async () => {
  const { gateway } = world;
  const { db } = gateway.app.deps;
  await ofMe();
  const requestId = await request();
  const age = (hours: number) =>
    gateway.rows('UPDATE cancellation_requests SET requestedAt = NOW(3) - INTERVAL ? HOUR', [hours]);
  await age(23);
  await escalateRequests(db, HOURS);
  await world.delivered();
  expect(overdueMails()).toEqual([]);
  await age(25);
  await Promise.all([escalateRequests(db, HOURS), escalateRequests(db, HOURS)]);
  await until(() => overdueMails().length === 1);
  expect(overdueMails()).toEqual([DEPUTY]);
  await age(49);
  await Promise.all([escalateRequests(db, HOURS), escalateRequests(db, HOURS)]);
  await until(() => overdueMails().length === 2);
  expect(overdueMails()).toEqual([DEPUTY, ADMIN]);
  await escalateRequests(db, HOURS);
  await world.delivered();
  expect(overdueMails()).toHaveLength(2);
  expect((await who.admin.decide({ requestId, decision: 'ACCEPT' })).errors).toEqual([]);
});

test('without a deputy the account manager is reminded, and a decided request is not sent on', async () => {
  const { gateway } = world;
  const { db } = gateway.app.deps;
  const requestId = await request();
  await gateway.rows('UPDATE cancellation_requests SET requestedAt = NOW(3) - INTERVAL 25 HOUR');
  await escalateRequests(db, HOURS);
  await until(() => overdueMails().length === 1);
  expect(overdueMails()).toEqual([MANAGER]);
  await who.manager.decide({ requestId, decision: 'REJECT' });
  await gateway.rows('UPDATE cancellation_requests SET requestedAt = NOW(3) - INTERVAL 49 HOUR');
  await escalateRequests(db, HOURS);
  await world.delivered();
  expect(overdueMails()).toHaveLength(1);
});

test('a deputy who is deactivated gets nothing: the account manager is reminded', async () => {
  const { gateway } = world;
  await admin.does('assignAccountManager', { accountId: (await harbor()).id, accountManagerId: null });
  await ofMe();
  await admin.does('deactivateUser', { userId: userId(DEPUTY) });
  await request();
  await gateway.rows('UPDATE cancellation_requests SET requestedAt = NOW(3) - INTERVAL 25 HOUR');
  await escalateRequests(gateway.app.deps.db, HOURS);
  await until(() => overdueMails().length === 1);
  expect(overdueMails()).toEqual([MANAGER]);
});

async function harbor(): Promise<{ id: string }> {
  const [row] = await world.gateway.rows<{ id: string }>(
    `SELECT id FROM accounts WHERE name = 'Harbor Cloud'`,
  );
  return row as { id: string };
}

test('of an order for Contoso the deputy is in charge too', async () => {
  await ofMe();
  const { id } = await who.otherManager.placed(CONTOSO, STORAGE);
  expect(codes(await who.otherManager.cancelOrder({ orderId: id }))).toEqual([]);
});
