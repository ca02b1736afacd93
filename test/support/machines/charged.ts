import { addon, product } from '../catalog';
import { renewAll as renewDue } from '../charges';
import { NORTHWIND, SKYLINE } from '../demo';
import type { NewLot } from '../money/holdings';
import { modelLineOf } from '../money/invariants';
import { Life } from '../money/model';
import { type Lot, type Model, type Settled, type Subscription } from './records';
import type { World } from './world';

const idOf = (sku: string): string => (sku.startsWith('IC-ADD') ? addon(sku) : product(sku));
const lotOf = ({ sku, quantity, minor }: Lot): NewLot => ({
  item: idOf(sku),
  quantity,
  unitMinor: BigInt(minor),
});

/** Charges every period that has begun, as the poller does. One that waits for an outcome is not charged. */
export async function renewAll({ office: { gateway }, now }: World, { subscriptions }: Model): Promise<void> {
  await renewDue(gateway.app.deps);
  for (const s of subscriptions) renewed(s, now());
}

/** Notes that the periods of a subscription are charged that have begun at `now`. */
export function renewed({ state, request, change, settled }: Subscription, now: number): void {
  // The change of a suspended subscription waits until it is resumed, and its periods do not wait for the change.
  const awaited = [request, state === 'SUSPENDED' ? null : change].flatMap(
    open => (open?.state === 'ACCEPTED' && open.boundary) || [],
  );
  settled.push({ renewedTo: Math.min(now, ...awaited.map(boundary => boundary - 1)) });
}

/** Times at which the provider has confirmed operations. Everything else that is charged follows from the model. */
interface Times {
  activatedAt: Date | null;
  cancelledAt: Date | null;
  chargedUntil: Date | null;
  of(settled: Settled): number;
}

async function timesOf({ office: { gateway } }: World, { id }: Subscription): Promise<Times> {
  const [row] = await gateway.rows<Omit<Times, 'of'>>(
    'SELECT activatedAt, cancelledAt, chargedUntil FROM subscriptions WHERE id = ?',
    [id],
  );
  if (!row) throw new Error(`There is no subscription ${id}.`);
  const confirmed = await gateway.rows<{ id: string; at: Date }>(
    `SELECT id, completedAt AS at FROM subscription_changes WHERE subscriptionId = ? AND completedAt IS NOT NULL
     UNION ALL SELECT cause, MIN(periodStart) FROM charges WHERE subscriptionId = ? AND kind <> 'CREDIT' GROUP BY cause`,
    [id, id],
  );
  const times = new Map(confirmed.map(each => [each.id, each.at.getTime()]));
  const of = ({ isEnd, changeId, operation }: Settled) =>
    isEnd ? Number(row.cancelledAt) : Number(times.get(changeId ?? operation));
  return { ...row, of };
}

/** Charges of a subscription by the model of docs/money.md. */
function modelled({ settled }: Subscription, times: Times): string[] {
  const first = settled.find(each => 'added' in each);
  if (!first || !times.activatedAt) return [];
  const activation = times.activatedAt.getTime();
  const begin = { activation, cycle: 'MONTHLY', operation: first.operation } as const;
  const life = new Life({ ...begin, lots: first.added.map(lotOf) });
  for (const each of settled.slice(settled.indexOf(first) + 1)) {
    if ('renewedTo' in each) life.renew(each.renewedTo);
    else settle(life, each, times.of(each));
  }
  return life.charges.map(modelLineOf).sort();
}

function settle(life: Life, settled: Settled, now: number): void {
  const { operation, isEnd, boundary, wasSuspended, taken, added } = settled;
  const goes = new Map(Object.entries(taken).map(([sku, units]) => [idOf(sku), units]));
  const change = { operation, taken: goes, added: added.map(lotOf) };
  const isScheduled = boundary !== null;
  if (isEnd && isScheduled) life.endAtEnd(now, operation, wasSuspended ? undefined : boundary);
  else if (isEnd) life.end(now, operation);
  else if (isScheduled) life.changeAtEnd(now, change);
  else life.change(now, change);
}

async function listed({ office: { gateway } }: World, { id, owner }: Subscription): Promise<string[]> {
  const rows = await gateway.rows(
    `SELECT c.*, e.type, JSON_UNQUOTE(JSON_EXTRACT(e.data, '$.chargeId')) AS chargeId
     FROM charges c LEFT JOIN events e ON e.seq = c.seq WHERE c.subscriptionId = ?`,
    [id],
  );
  const payer = owner === 'direct' ? NORTHWIND : SKYLINE;
  for (const { id: charge, type, chargeId, accountId, currency } of rows) {
    // Each has the number of its own event.
    expect([type, chargeId, accountId, currency]).toEqual(['charge.created', charge, payer, 'EUR']);
  }
  return rows
    .map(
      ({ kind, line, quantity, periodStart, periodEnd, amountMinor, cause }) =>
        `${kind} ${line} ${quantity} ${periodStart.toISOString()} ${periodEnd.toISOString()} ${amountMinor} because of ${cause}`,
    )
    .sort();
}

/** Time up to which a live subscription has to be charged: nothing that has begun is left, unless an outcome is awaited. */
function expectRenewed(s: Subscription, { chargedUntil }: Times, now: number): void {
  if (s.state === 'CANCELLED' || s.state === 'PENDING') return;
  const waits = [s.request, s.change].some(
    open => open?.state === 'ACCEPTED' && (open.boundary ?? Infinity) <= Number(chargedUntil),
  );
  const isRenewed = chargedUntil !== null && chargedUntil.getTime() > now;
  expect([s.id, waits || isRenewed]).toEqual([s.id, true]);
}

/** Shows that the ledger of every subscription is what the model has for what became active, and nothing for the rest. */
export async function expectCharged(world: World, model: Model): Promise<void> {
  const { gateway } = world.office;
  const now = world.now();
  await renewAll(world, model);
  await gateway.app.deps.events.numberCommitted();
  for (const s of model.subscriptions) {
    const times = await timesOf(world, s);
    expectRenewed(s, times, now);
    expect(await listed(world, s)).toEqual(modelled(s, times));
  }
}
