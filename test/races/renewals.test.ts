import { type App } from '../../src/app';
import { executeDueCancellations } from '../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../src/services/subscriptions/execute-due-changes';
import { addonsOf, failedAddons } from '../support/abandoned';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { product } from '../support/catalog';
import { renewAll } from '../support/charges';
import { newAccount } from '../support/desk';
import { codes } from '../support/errors';
import { startOn, type TestGateway } from '../support/gateway';
import { chargesOf, modelledCharges } from '../support/money/charged';
import type { NewLot } from '../support/money/holdings';
import { Life } from '../support/money/model';
import { refuse } from '../support/provider/of-gateway';

jest.setTimeout(120_000);

const START = '2026-01-31T10:00:00.500Z';
/** A day after the start of the next period. */
const NEXT = '2026-03-01T10:00:00.000Z';
/** Months later, with nothing charged meanwhile. */
const LATER = '2026-06-15T00:00:00.000Z';

/** Subscriptions in each situation. */
const EACH = 4;
/** Renewals at once in each gateway, of connection pools with 10 connections. */
const RENEWALS = 12;

/** Business time of both gateways. */
let now = new Date(START);
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let other: App;
beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway, who } = office);
  other = await startOn(gateway.settings, { clock: () => now });
});
afterAll(async () => {
  await other.stop();
  await office.stop();
});
beforeEach(async () => {
  now = new Date(START);
  await office.reset();
});

const lots = (license: number, addons: number): NewLot[] => [
  { item: 'IC-BASE-1TB', quantity: license, unitMinor: 800n },
  { item: 'IC-ADD-1TB', quantity: addons, unitMinor: 750n },
];

/** A subscription with 3 add-ons, and its ledger by the model. */
async function customer() {
  customers += 1;
  const { id: accountId } = await newAccount(gateway.rows, `Renewed ${customers}`);
  const line = { productId: product('IC-BASE-1TB'), addons: addonsOf({ 'IC-ADD-1TB': 3 }) };
  const { lines } = await who.manager.provisioned(accountId, line);
  const begin = { activation: Date.parse(START), cycle: 'MONTHLY', operation: 'first' } as const;
  const id = lines[0].subscription.id as string;
  return { accountId, id, life: new Life({ ...begin, lots: lots(1, 3) }) };
}
let customers = 0;
type Customer = Awaited<ReturnType<typeof customer>>;

/** All renewals of both gateways at once. */
const renewing = () =>
  [gateway.app, other].flatMap(({ deps }) => Array.from({ length: RENEWALS }, () => renewAll(deps)));

const due = () =>
  [gateway.app, other].flatMap(({ deps }) => [
    executeDueChanges(deps),
    executeDueCancellations(deps),
    executeDueChanges(deps),
    executeDueCancellations(deps),
  ]);

async function expectCharges(all: readonly Customer[]): Promise<void> {
  await Promise.all([gateway.app, other].map(({ deps }) => deps.events.numberCommitted()));
  for (const { id, life } of all) {
    expect([id, await chargesOf(gateway.rows, id)]).toEqual([id, modelledCharges(life)]);
  }
}

test(`${RENEWALS} renewals at once in each of two gateways charge every period once, after months too`, async () => {
  const all: Customer[] = [];
  for (let nth = 0; nth < 12; nth += 1) all.push(await customer());
  for (const time of [NEXT, LATER]) {
    now = new Date(time);
    await Promise.all(renewing());
    for (const { life } of all) life.renew(now.getTime());
    await expectCharges(all);
  }
  expect(await chargesOf(gateway.rows, all[0]?.id ?? '')).toHaveLength(2 * 5);
});

test('a subscription whose charges cannot be computed does not stop the renewal of others', async () => {
  const broken = await customer();
  const sound = await customer();
  await gateway.rows('UPDATE subscriptions SET recurringMinor = 1 WHERE id = ?', [broken.id]);
  now = new Date(NEXT);
  await Promise.all(renewing());
  sound.life.renew(now.getTime());
  await expectCharges([broken, sound]);
  await Promise.all(renewing());
  await gateway.rows('UPDATE subscriptions SET recurringMinor = 3050 WHERE id = ?', [broken.id]);
  await Promise.all(renewing());
  broken.life.renew(now.getTime());
  await expectCharges([broken, sound]);
});

/** Prepares a situation in the first period. Resolves to the calls of a day after it, and to their effect on the ledger. */
type Situation = (
  customer: Customer,
) => Promise<{ calls: (() => Promise<unknown>)[]; settle: () => unknown }>;

const done = async (answer: Promise<{ errors: unknown[] }>) => expect((await answer).errors).toEqual([]);
const taken = (units: number) => new Map([['IC-ADD-1TB', units]]);
const less = { operation: 'less', taken: taken(1), added: [] };
const fewer = (id: string) => ({ subscriptionId: id, addons: addonsOf({ 'IC-ADD-1TB': 2 }) });
const grown = { operation: 'more', taken: new Map(), added: lots(1, 2).slice(1) };

const situations: Record<string, Situation> = {
  'a renewal': async () => ({ calls: [], settle: () => undefined }),
  'a change at the end of the period': async ({ id, life }) => {
    await done(who.manager.change({ ...fewer(id), timing: 'END_OF_PERIOD' }));
    return { calls: [], settle: () => life.changeAtEnd(now.getTime(), less) };
  },
  'a cancellation at the end of the period': async ({ id, life }) => {
    await done(who.manager.request({ subscriptionId: id, timing: 'END_OF_PERIOD' }));
    return { calls: [], settle: () => life.endAtEnd(now.getTime(), 'end') };
  },
  'a change at once': async ({ id, life }) => ({
    calls: [() => done(who.manager.change(fewer(id)))],
    settle: () => life.change(now.getTime(), less),
  }),
  'a cancellation at once': async ({ id, life }) => ({
    calls: [() => done(who.manager.request({ subscriptionId: id, timing: 'IMMEDIATE' }))],
    settle: () => life.end(now.getTime(), 'end'),
  }),
  'more add-ons': async ({ accountId, id, life }) => {
    const line = { subscriptionId: id, addons: addonsOf({ 'IC-ADD-1TB': 2 }) };
    const { id: orderId } = await who.manager.placed(accountId, line);
    return {
      calls: [() => done(who.manager.execute({ orderId }))],
      settle: () => life.change(now.getTime(), grown),
    };
  },
  'a failed order that is retried and abandoned': async ({ accountId, id, life }) => {
    const refused = refuse('addons/update');
    const { operationId } = await failedAddons(office, accountId, id, { 'IC-ADD-1TB': 2 }, refused);
    const won: string[] = [];
    const race = (call: 'retry' | 'abandon') => async () => {
      if (codes(await who.manager[call]({ operationId })).length === 0) won.push(call);
    };
    return {
      calls: [race('retry'), race('abandon'), race('retry'), race('abandon')],
      settle() {
        expect(won).toHaveLength(1);
        if (won[0] === 'retry') life.change(now.getTime(), grown);
      },
    };
  },
};

test('renewals beside changes, cancellations, abandonments and retries charge everything once', async () => {
  const all: (Customer & Awaited<ReturnType<Situation>>)[] = [];
  for (let nth = 0; nth < EACH; nth += 1) {
    for (const prepare of Object.values(situations)) {
      const prepared = await customer();
      all.push({ ...prepared, ...(await prepare(prepared)) });
    }
  }
  now = new Date(NEXT);
  await Promise.all([...all.flatMap(({ calls }) => calls.map(call => call())), ...renewing(), ...due()]);
  await gateway.settled();
  await Promise.all([...renewing(), ...due()]);
  await gateway.settled();
  await Promise.all(renewing());
  for (const { life, settle } of all) {
    settle();
    life.renew(now.getTime());
  }
  await expectCharges(all);
  now = new Date(LATER);
  await Promise.all(renewing());
  for (const { life } of all) life.renew(now.getTime());
  await expectCharges(all);
});
