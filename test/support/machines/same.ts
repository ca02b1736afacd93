import { control } from '../control';
import { capacityOf, type Model, recurringOf, type Subscription } from './records';
import type { World } from './world';

const sorted = (totals: Record<string, number>) =>
  Object.entries(totals)
    .filter(([, quantity]) => quantity > 0)
    .map(([sku, quantity]) => `${sku}=${quantity}`)
    .sort()
    .join(' ');

/** Everything that a model says of the records, a line for each. */
function expected({ subscriptions, orders }: Model): string[] {
  return [
    ...subscriptions.flatMap(s => [
      `${s.id} ${s.state} ${s.sync} ${s.product} ${recurringOf(s.lots)} ${capacityOf(s)} [${sorted(s.addons)}]`,
      `${s.id} lots ${s.lots
        .map(({ sku, quantity, minor }) => `${sku}=${quantity}x${minor}`)
        .sort()
        .join(' ')}`,
      ...[s.request, s.change].flatMap(open =>
        open ? [`${open.id} ${open.state} ${open.awaiting} ${open.due === null ? '' : 'waits'}`] : [],
      ),
      ...s.operations.map(({ id, kind, state }) => `${id} ${kind} ${state}`),
    ]),
    ...orders.map(({ id, state }) => `${id} ${state}`),
  ].sort();
}

/** The same of the database. */
async function recorded({ office: { gateway } }: World): Promise<string[]> {
  const subscriptions = await gateway.rows(
    `SELECT s.id, s.state, s.syncState, p.sku, s.recurringMinor, s.capacityBytes, s.activatedAt
     FROM subscriptions s JOIN products p ON p.id = s.productId`,
  );
  const addons = await gateway.rows(
    'SELECT h.subscriptionId, a.sku, h.quantity FROM subscription_addons h JOIN addons a ON a.id = h.addonId',
  );
  const lots = await gateway.rows(
    `SELECT l.subscriptionId, COALESCE(p.sku, a.sku) AS sku, l.quantity, l.unitMinor FROM subscription_lots l
     LEFT JOIN products p ON p.id = l.itemId LEFT JOIN addons a ON a.id = l.itemId WHERE l.quantity > 0`,
  );
  const open = await gateway.rows(
    `SELECT id, state, awaiting, effectiveAt FROM cancellation_requests WHERE state IN ('PENDING', 'ACCEPTED')
     UNION ALL SELECT id, state, awaiting, effectiveAt FROM subscription_changes WHERE state IN ('PENDING', 'ACCEPTED')`,
  );
  const operations = await gateway.rows('SELECT id, kind, state FROM operations');
  const orders = await gateway.rows('SELECT id, state FROM orders');
  return [
    ...subscriptions.flatMap(s => {
      const held = addons.filter(({ subscriptionId }) => subscriptionId === s.id);
      const own = lots.filter(({ subscriptionId }) => subscriptionId === s.id);
      const holds = sorted(Object.fromEntries(held.map(({ sku, quantity }) => [sku, quantity])));
      // What was never active owes nothing yet.
      const minor = s.activatedAt ? s.recurringMinor : 0;
      return [
        `${s.id} ${s.state} ${s.syncState} ${s.sku} ${minor} ${s.capacityBytes} [${holds}]`,
        `${s.id} lots ${own
          .map(({ sku, quantity, unitMinor }) => `${sku}=${quantity}x${unitMinor}`)
          .sort()
          .join(' ')}`,
      ];
    }),
    ...open.map(
      ({ id, state, awaiting, effectiveAt }) =>
        `${id} ${state} ${state === 'PENDING' ? awaiting : null} ${effectiveAt ? 'waits' : ''}`,
    ),
    ...operations.map(({ id, kind, state }) =>
      `${id} ${kind} ${state}`.replace(/ (PENDING|RUNNING)$/, ' OPEN'),
    ),
    ...orders.map(({ id, state }) => `${id} ${state}`),
  ].sort();
}

/** Shows that the database has what the model says. */
export async function expectSame(world: World, model: Model): Promise<void> {
  expect(await recorded(world)).toEqual(expected(model));
}

interface Holding {
  id: string;
  productId: string;
  state: string;
  addons: Record<string, number>;
}

async function holdings({ office: { gateway } }: World): Promise<Map<string, string>> {
  const answer = await control(gateway.simulator.url, '/subscriptions');
  const { subscriptions } = (await answer.json()) as { subscriptions: Holding[] };
  return new Map(
    subscriptions.map(({ id, productId, state, addons }) => [
      id,
      state === 'CANCELLED' ? state : `${state} ${productId} ${sorted(addons)}`,
    ]),
  );
}

/** Holding of a subscription at the provider, by the model. Undefined or cancelled: nothing. */
function heldBy({ state, product, addons }: Subscription): string {
  if (state === 'CANCELLED') return state;
  return `${state === 'SUSPENDED' ? state : 'ACTIVE'} ${product} ${sorted(addons)}`;
}

/** Whether the provider has what the model says. */
export async function holdsAtProvider(world: World, s: Subscription): Promise<boolean> {
  const held = (await holdings(world)).get(s.id) ?? 'CANCELLED';
  return held === heldBy(s);
}

/** Shows that the provider has what the model says of each subscription that anybody can vouch for. */
export async function expectHeld(world: World, { subscriptions }: Model): Promise<void> {
  const held = await holdings(world);
  const known = subscriptions.filter(({ isUnverifiable }) => !isUnverifiable);
  expect(known.map(({ id }) => `${id} ${held.get(id) ?? 'CANCELLED'}`)).toEqual(
    known.map(s => `${s.id} ${heldBy(s)}`),
  );
}
