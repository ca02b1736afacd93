import { license, newAccount } from '../support/desk';
import { startKiller } from '../support/killer';
import { doing } from '../support/provider/simulator';
import { startSample } from '../support/sample';
import { newKey } from '../support/shop';
import { elapse, until } from '../support/until';

const sample = startSample('changes');
const { random } = sample;
const KILLS = sample.times(50);
const SUBSCRIPTIONS = 10;
const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;

const PRODUCTS = ['IC-BASE-1TB', 'IC-BASE-5TB', 'IC-BASE-10TB'];
const PRICES: Record<string, number> = {
  ...{ 'IC-BASE-1TB': 800, 'IC-BASE-5TB': 3750, 'IC-BASE-10TB': 7000 },
  ...{ 'IC-ADD-1TB': 750, 'IC-ADD-5TB': 3600 },
};

let killer: Awaited<ReturnType<typeof startKiller>>;
let outside: (typeof killer)['outside'];
let manager: (typeof killer)['manager'];
beforeAll(async () => {
  killer = await startKiller();
  ({ outside, manager } = killer);
}, 60_000);
afterAll(() => killer.stop());

type Addons = Record<string, number>;

/** Plan of an operation: the contents or the state that it leads to, and its calls in order. */
interface Move {
  kind: 'CHANGE' | 'SUSPEND' | 'RESUME' | 'UNDO';
  product: string;
  addons: Addons;
  endpoints: string[];
  /** Effects of each call. */
  effects: string[];
  /** Effects of the calls that undo it. */
  reverse: string[];
}

/** A subscription with what it holds, what is being done about it, and every effect that it has had. */
interface Held {
  id: string;
  marks: string[];
  recipient: string;
  product: string;
  addons: Addons;
  isSuspended: boolean;
  move: Move | null;
  hasFailed: boolean;
  /** Number of calls of the move that were done before it failed. */
  callsDone: number;
  effects: string[];
}

async function customer(nth: number): Promise<Held> {
  const account = await newAccount(outside.rows, `Changing ${nth}`);
  const { subscriptionId } = await manager.order(account.id, license('Backups', { 'IC-ADD-1TB': 2 }));
  return {
    ...{ id: subscriptionId, marks: [account.id, account.email], recipient: account.name },
    ...{ product: 'IC-BASE-1TB', addons: { 'IC-ADD-1TB': 2 }, isSuspended: false },
    ...{ move: null, hasFailed: false, callsDone: 0 },
    effects: ['subscription.created IC-BASE-1TB=1', 'addon.set IC-ADD-1TB=2'],
  };
}

/** The call that sets an add-on, and its effect. */
function addonCall(sku: string, from: number, to: number): [endpoint: string, effect: string] {
  if (to === 0) return ['addons/cancel', `addon.cancelled ${sku}=0`];
  return [from === 0 ? 'addons/create' : 'addons/update', `addon.set ${sku}=${to}`];
}

const productEffect = (from: string, to: string) =>
  `subscription.${PRODUCTS.indexOf(to) > PRODUCTS.indexOf(from) ? 'upgraded' : 'downgraded'} ${to}`;

/** A change of the product, of one add-on, or of both: up and down. */
function randomChange({ product, addons }: Held): Move {
  const move: Move = { kind: 'CHANGE', product, addons, endpoints: [], effects: [], reverse: [] };
  const what = one(['product', 'add-on', 'both']);
  if (what !== 'add-on') {
    move.product = one(PRODUCTS.filter(sku => sku !== product));
    move.endpoints.push('subscriptions/upgradedowngrade');
    move.effects.push(productEffect(product, move.product));
    move.reverse.push(productEffect(move.product, product));
  }
  if (what !== 'product') {
    const sku = one(['IC-ADD-1TB', 'IC-ADD-5TB']);
    const from = addons[sku] ?? 0;
    const to = one([0, 1, 2, 3, 4].filter(total => total !== from));
    const [endpoint, effect] = addonCall(sku, from, to);
    move.addons = { ...addons, [sku]: to };
    move.endpoints.push(endpoint);
    move.effects.push(effect);
    move.reverse.push(addonCall(sku, to, from)[1]);
  }
  return move;
}

function turn({ product, addons, isSuspended }: Held): Move {
  const [kind, endpoint, effect] = isSuspended
    ? (['RESUME', 'subscriptions/activate', 'activated'] as const)
    : (['SUSPEND', 'subscriptions/suspend', 'suspended'] as const);
  const effects = [`subscription.${effect} ${product}`];
  return { kind, product, addons, endpoints: [endpoint], effects, reverse: [] };
}

/** Begins the next move of an idle subscription, or settles the one that has failed. Resolves to what sends it. */
async function next(held: Held): Promise<{ send: () => Promise<unknown>; endpoint: string | null }> {
  const key = newKey();
  if (held.hasFailed && held.move) {
    const [failed] = await outside.rows(
      `SELECT id FROM operations WHERE subscriptionId = ? AND state = 'FAILED'`,
      [held.id],
    );
    held.hasFailed = false;
    const isRetried = held.move.kind === 'UNDO' || random() < 0.4;
    if (isRetried) return { send: () => manager.retry(failed?.id, key), endpoint: null };
    const effects = held.move.reverse.slice(0, held.callsDone);
    held.effects.push(...held.move.effects.slice(0, held.callsDone));
    const { product, addons } = held;
    held.move = { kind: 'UNDO', product, addons, endpoints: [], effects, reverse: [] };
    held.callsDone = 0;
    return { send: () => manager.abandon(failed?.id, key), endpoint: null };
  }
  const move = held.isSuspended || random() < 0.2 ? turn(held) : randomChange(held);
  held.move = move;
  held.callsDone = 0;
  if (random() < 0.4) {
    const refused = doing('refuse', { endpoint: one(move.endpoints), recipient: held.recipient });
    await outside.provider.setFaults(refused);
  }
  const begin = {
    CHANGE: () => manager.change(held.id, move.product, move.addons, key),
    SUSPEND: () => manager.suspend(held.id, key),
    RESUME: () => manager.resume(held.id, key),
    UNDO: () => Promise.reject(new Error('An UNDO begins by itself')),
  };
  return { send: begin[move.kind], endpoint: move.endpoints[0] ?? null };
}

/** The subscriptions without open work, each with the outcome of its last move. */
async function idle(all: readonly Held[]): Promise<Held[]> {
  const busy = await outside.rows('SELECT subscriptionId FROM operations WHERE dueAt IS NOT NULL');
  const those = all.filter(({ id }) => !busy.some(({ subscriptionId }) => subscriptionId === id));
  for (const held of those) if (held.move && !held.hasFailed) await conclude(held, held.move);
  return those;
}

async function conclude(held: Held, move: Move): Promise<void> {
  const [last] = await outside.rows(
    `SELECT o.id, o.kind, o.state, s.name FROM operations o
     LEFT JOIN steps s ON s.operationId = o.id AND s.state = 'FAILED'
     WHERE o.subscriptionId = ? ORDER BY o.id DESC LIMIT 1`,
    [held.id],
  );
  expect(last?.kind).toBe(move.kind);
  if (last?.state === 'FAILED') {
    held.hasFailed = true;
    held.callsDone = last.name === 'ASSIGN_ADDONS' ? move.endpoints.length - 1 : 0;
    return;
  }
  expect(last?.state).toBe('SUCCEEDED');
  if (move.kind === 'SUSPEND' || move.kind === 'RESUME') held.isSuspended = move.kind === 'SUSPEND';
  held.effects.push(...move.effects);
  Object.assign(held, { product: move.product, addons: move.addons, move: null });
}

/** Three subscriptions do something, and meanwhile the gateway is killed: at a call of one of them, or at random. */
async function round(all: readonly Held[]): Promise<void> {
  let free: Held[] = [];
  await until(async () => {
    free = await idle(all);
    return free.length > 0;
  });
  const chosen = [...free].sort(() => random() - 0.5).slice(0, 3);
  const moves = [];
  for (const held of chosen) moves.push({ held, ...(await next(held)) });
  const aimed = random() < 0.5 ? moves.find(({ endpoint }) => endpoint !== null) : undefined;
  const others = moves.filter(move => move !== aimed).map(({ send }) => killer.insist(send));
  if (aimed) {
    const point = `${one(['before', 'after'])} ${one([aimed.endpoint, 'COMMIT'])}`;
    await killer.killAt(point, 0, aimed.held.marks, aimed.send);
  } else {
    await elapse(random() * 120, 'the kill meets a random moment');
    await killer.kill();
    await killer.start();
  }
  await Promise.all(others);
}

const positive = (addons: Addons) => Object.fromEntries(Object.entries(addons).filter(([, n]) => n > 0));

/** Shows that record, provider and effects are what was asked for, each once. */
async function expectHeld({ id, product, addons, isSuspended, effects }: Held): Promise<void> {
  const [row] = await outside.rows(
    `SELECT s.state, s.syncState, p.sku, s.recurringMinor,
       (SELECT CAST(SUM(quantity * unitMinor) AS SIGNED) FROM subscription_lots WHERE subscriptionId = s.id) AS lots
     FROM subscriptions s JOIN products p ON p.id = s.productId WHERE s.id = ?`,
    [id],
  );
  const held = await outside.rows(
    'SELECT a.sku, h.quantity FROM subscription_addons h JOIN addons a ON a.id = h.addonId WHERE subscriptionId = ?',
    [id],
  );
  const state = isSuspended ? 'SUSPENDED' : 'ACTIVE';
  const minor = Object.entries({ ...addons, [product]: 1 }).reduce(
    (sum, [sku, quantity]) => sum + quantity * (PRICES[sku] ?? 0),
    0,
  );
  expect(row).toEqual({ state, syncState: 'SYNCED', sku: product, recurringMinor: minor, lots: minor });
  const recorded = Object.fromEntries(held.map(({ sku, quantity }) => [sku, quantity]));
  expect(positive(recorded)).toEqual(positive(addons));
  const provided = await outside.provider.holding(id);
  expect(provided).toMatchObject({ state, productId: product });
  expect(provided?.addons).toEqual(positive(addons));
  const counts = new Map<string, number>();
  for (const effect of effects) counts.set(effect, (counts.get(effect) ?? 0) + 1);
  const expected = [...counts].map(([effect, count]) => `${effect} x${count}`);
  expect((await outside.provider.effectsOf(id)).sort()).toEqual(expected.sort());
}

test(`of mixed changes nothing is lost and nothing is done twice by a gateway that is killed ${KILLS} times`, async () => {
  const all: Held[] = [];
  for (let nth = 0; nth < SUBSCRIPTIONS; nth += 1) all.push(await customer(nth));
  await outside.settled();
  for (let nth = 0; nth < KILLS; nth += 1) await round(all);
  // What has failed is retried or abandoned; what is left of the faults can refuse it once more.
  await until(
    async () => {
      await outside.settled();
      const failed = (await idle(all)).filter(({ hasFailed }) => hasFailed);
      for (const held of failed) await (await next(held)).send();
      return failed.length === 0;
    },
    { withinMs: 60_000 },
  );
  for (const held of all) await expectHeld(held);
  const kinds = await outside.rows(
    'SELECT kind, COUNT(*) AS n FROM operations WHERE state = ? GROUP BY kind ORDER BY kind',
    ['SUCCEEDED'],
  );
  process.stdout.write(
    `killed ${killer.kills()} times; ${kinds.map(({ kind, n }) => `${kind} ${n}`).join(', ')}\n`,
  );
  expect(killer.kills()).toBeGreaterThanOrEqual(KILLS);
}, 240_000);
