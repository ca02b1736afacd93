import { addonsOf } from '../support/abandoned';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { product } from '../support/catalog';
import { renewAll } from '../support/charges';
import { NORTHWIND } from '../support/demo';
import { chargesOf } from '../support/money/charged';

const START = '2026-04-01T00:00:00.000Z';
const MIDDLE = '2026-04-16T00:00:00.000Z';
const NEXT = '2026-05-01T00:00:00.000Z';
const AFTER = '2026-06-01T00:00:00.000Z';

/** Business time. */
let now = new Date(START);
let office: BackOffice;
let gateway: BackOffice['gateway'];
let who: BackOffice['who'];
let id: string;
beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(async () => {
  now = new Date(START);
  await office.reset();
  const line = { productId: product('IC-BASE-1TB'), addons: addonsOf({ 'IC-ADD-1TB': 3 }) };
  id = (await who.manager.provisioned(NORTHWIND, line)).lines[0].subscription.id;
  now = new Date(MIDDLE);
});

/** As a process of the version before the ledger has left the subscription. */
async function forget(): Promise<void> {
  await gateway.rows('DELETE FROM charges WHERE subscriptionId = ?', [id]);
  await gateway.rows('UPDATE subscriptions SET chargedUntil = NULL WHERE id = ?', [id]);
}

async function fewer(): Promise<void> {
  const change = { subscriptionId: id, addons: addonsOf({ 'IC-ADD-1TB': 2 }) };
  expect((await who.manager.change(change)).errors).toEqual([]);
  await gateway.settled();
}

const more = () =>
  who.manager.provisioned(NORTHWIND, { subscriptionId: id, addons: addonsOf({ 'IC-ADD-1TB': 2 }) });

async function charges(): Promise<string[]> {
  await renewAll(gateway.app.deps);
  await gateway.app.deps.events.numberCommitted();
  return chargesOf(gateway.rows, id);
}

const recurring = (start: string, end: string, addons: number) => [
  `RECURRING IC-ADD-1TB ${addons} ${start} ${end} ${addons * 750}`,
  `RECURRING IC-BASE-1TB 1 ${start} ${end} 800`,
];

test('a subscription that is older than the ledger is charged from its next period on', async () => {
  await forget();
  expect(await charges()).toEqual([]);
  now = new Date(NEXT);
  expect(await charges()).toEqual(recurring(NEXT, AFTER, 3));
});

test('a reduction in its running period gives no credit', async () => {
  await forget();
  await fewer();
  expect(await charges()).toEqual([]);
  now = new Date(NEXT);
  expect(await charges()).toEqual(recurring(NEXT, AFTER, 2));
});

test('its end in the running period gives no credit', async () => {
  await forget();
  await who.manager.requested(id, { timing: 'IMMEDIATE' });
  await gateway.settled();
  now = new Date(AFTER);
  expect(await charges()).toEqual([]);
});

test('more add-ons in its running period are charged at once', async () => {
  await forget();
  await more();
  expect(await charges()).toEqual([`PRORATION IC-ADD-1TB 2 ${MIDDLE} ${NEXT} 750`]);
});

test('what a process of the version before has added is charged from the next period on', async () => {
  await more();
  await gateway.rows(`DELETE FROM charges WHERE kind = 'PRORATION'`);
  await gateway.rows('DELETE FROM subscription_lots WHERE since = ?', [new Date(MIDDLE)]);
  const first = recurring(START, NEXT, 3);
  expect(await charges()).toEqual(first);
  // The newest lot is taken first: it has no charge in this period.
  const change = { subscriptionId: id, addons: addonsOf({ 'IC-ADD-1TB': 4 }) };
  expect((await who.manager.change(change)).errors).toEqual([]);
  await gateway.settled();
  expect(await charges()).toEqual(first);
  now = new Date(NEXT);
  const lots = [1, 3].map(units => `RECURRING IC-ADD-1TB ${units} ${NEXT} ${AFTER} ${units * 750}`);
  const license = `RECURRING IC-BASE-1TB 1 ${NEXT} ${AFTER} 800`;
  expect(await charges()).toEqual([...first, ...lots, license].sort());
});
