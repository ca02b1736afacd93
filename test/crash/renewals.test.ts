import { license, more, newAccount } from '../support/desk';
import { startKiller } from '../support/killer';
import { chargesOf, modelledCharges } from '../support/money/charged';
import type { NewLot } from '../support/money/holdings';
import { Life } from '../support/money/model';
import { startSample } from '../support/sample';
import { newKey } from '../support/shop';
import { elapse, until } from '../support/until';

jest.setTimeout(120_000);

const sample = startSample('renewals');
const { random } = sample;
/** Days for which every gateway is down: three periods begin and are not charged. */
const DOWN_DAYS = 95;
const RANDOM_KILLS = sample.times(5);

let killer: Awaited<ReturnType<typeof startKiller>>;
let outside: (typeof killer)['outside'];
let manager: (typeof killer)['manager'];
beforeAll(async () => {
  killer = await startKiller();
  ({ outside, manager } = killer);
});
afterAll(() => killer.stop());

const addons = (quantity: number): NewLot => ({ item: 'IC-ADD-1TB', quantity, unitMinor: 750n });
const taken = new Map([['IC-ADD-1TB', 1]]);

interface Held {
  id: string;
  accountId: string;
}

let customers = 0;
async function customer() {
  customers += 1;
  return newAccount(outside.rows, `Charged ${customers}`);
}

/** An active subscription with 2 add-ons. */
async function live(): Promise<Held> {
  const { id: accountId } = await customer();
  const { subscriptionId } = await manager.order(accountId, license('Backups', { 'IC-ADD-1TB': 2 }));
  await outside.settled();
  return { id: subscriptionId, accountId };
}

/** Kills the gateway, and moves the life of a subscription so far back as if none had run since. */
async function down(...all: Held[]): Promise<void> {
  await killer.kill();
  for (const { id } of all) {
    const back = `INTERVAL ${DOWN_DAYS} DAY`;
    for (const sql of [
      `UPDATE subscriptions SET activatedAt = activatedAt - ${back} WHERE id = ?`,
      'UPDATE subscriptions SET chargedUntil = activatedAt + INTERVAL 1 MONTH, currentPeriodEnd = chargedUntil WHERE id = ?',
      `UPDATE subscription_lots SET since = since - ${back} WHERE subscriptionId = ?`,
      `UPDATE charges c JOIN subscriptions s ON s.id = c.subscriptionId
       SET c.periodStart = s.activatedAt, c.periodEnd = s.chargedUntil WHERE s.id = ?`,
      ...['cancellation_requests', 'subscription_changes'].map(
        table =>
          `UPDATE ${table} t JOIN subscriptions s ON s.id = t.subscriptionId SET t.effectiveAt = s.chargedUntil
           WHERE t.effectiveAt IS NOT NULL AND s.id = ?`,
      ),
    ]) {
      await outside.rows(sql, [id]);
    }
  }
}

/** Ledger of the model until now, for what has happened to the subscription. */
async function expectCharges({ id }: Held, happen: (life: Life, at: number) => void): Promise<void> {
  await outside.settled();
  const current = `SELECT 1 FROM subscriptions WHERE id = ? AND (state = 'CANCELLED' OR chargedUntil > NOW(3))
    AND NOT EXISTS (SELECT 1 FROM charges WHERE subscriptionId = subscriptions.id AND seq IS NULL)`;
  await until(async () => (await outside.rows(current, [id])).length === 1, { withinMs: 30_000 });
  const [row] = await outside.rows(
    `SELECT activatedAt, COALESCE(cancelledAt,
       (SELECT MAX(completedAt) FROM subscription_changes WHERE subscriptionId = s.id),
       (SELECT MAX(since) FROM subscription_lots WHERE subscriptionId = s.id)) AS at, NOW(3) AS now
     FROM subscriptions s WHERE id = ?`,
    [id],
  );
  const activation = Number(row?.activatedAt);
  const lots = [{ item: 'IC-BASE-1TB', quantity: 1, unitMinor: 800n }, addons(2)];
  const life = new Life({ activation, cycle: 'MONTHLY', operation: 'first', lots });
  happen(life, Number(row?.at));
  life.renew(Number(row?.now));
  expect(await chargesOf(outside.rows, id)).toEqual(modelledCharges(life));
}
const renewal = () => undefined;

describe('a gateway that is killed while it charges three periods after an outage', () => {
  test.each(['before COMMIT', 'after COMMIT'])('%s charges each once', async point => {
    const all = [await live(), await live(), await live()];
    await down(...all);
    await killer.killAt(point, 0, ['charge.created'], () => killer.start());
    for (const held of all) await expectCharges(held, renewal);
    expect(await chargesOf(outside.rows, all[0]?.id ?? '')).toHaveLength(2 * 4);
  });

  test(`at ${RANDOM_KILLS} random moments charges each once`, async () => {
    const all = [await live(), await live(), await live()];
    for (let nth = 0; nth < RANDOM_KILLS; nth += 1) {
      if (nth % 2 === 0) all.push(await live());
      await down(...all.slice(-1));
      await killer.start();
      await elapse(random() * 60, 'the kill meets a random moment');
      await killer.kill();
      await killer.start();
    }
    for (const held of all) await expectCharges(held, renewal);
  });
});

/** Something that is charged or credited, or decides on a period, when the provider has confirmed it. */
interface Settlement {
  mark: string;
  prepare?: (held: Held) => Promise<unknown>;
  /** Action during which the gateway is killed. Omitted for renewals after an outage. */
  act?: (held: Held, key: ReturnType<typeof newKey>) => Promise<unknown>;
  happen: (life: Life, at: number) => void;
}

const fewer = { 'IC-ADD-1TB': 1 };
const orders = new Map<string, string>();
const settlements: Record<string, Settlement> = {
  'more add-ons': {
    mark: 'charge.created',
    prepare: async ({ id, accountId }) =>
      orders.set(id, await manager.place(accountId, more(id, { 'IC-ADD-1TB': 3 }))),
    act: ({ id }, key) => manager.execute(orders.get(id) ?? '', key),
    happen: (life, at) => life.change(at, { operation: 'more', taken: new Map(), added: [addons(3)] }),
  },
  'fewer add-ons': {
    mark: 'charge.created',
    act: ({ id }, key) => manager.change(id, 'IC-BASE-1TB', fewer, key),
    happen: (life, at) => life.change(at, { operation: 'fewer', taken, added: [] }),
  },
  'the end': {
    mark: 'charge.created',
    act: ({ id }, key) => manager.cancel(id, key),
    happen: (life, at) => life.end(at, 'end'),
  },
  'the end of a period': {
    mark: 'subscription.cancelled',
    prepare: ({ id }) => manager.cancel(id, newKey(), 'END_OF_PERIOD'),
    happen: (life, at) => life.endAtEnd(at, 'end'),
  },
  'fewer add-ons at the end of a period': {
    mark: 'charge.created',
    prepare: ({ id }) => manager.change(id, 'IC-BASE-1TB', fewer, newKey(), 'END_OF_PERIOD'),
    happen: (life, at) => life.changeAtEnd(at, { operation: 'fewer', taken, added: [] }),
  },
};

describe.each(Object.entries(settlements))(
  'a gateway that is killed while it settles %s',
  (_, settlement) => {
    test.each(['before COMMIT', 'after COMMIT'])('%s charges it once', async point => {
      const { mark, prepare, act, happen } = settlement;
      const held = await live();
      await prepare?.(held);
      const key = newKey();
      if (!act) await down(held);
      await killer.killAt(point, 0, [mark], () => (act ? act(held, key) : killer.start()));
      await expectCharges(held, happen);
    });
  },
);

test.each(['before COMMIT', 'after COMMIT'])(
  'a gateway that is killed %s of an activation charges it once',
  async point => {
    const { id: accountId } = await customer();
    const orderId = await manager.place(accountId, license('Backups', { 'IC-ADD-1TB': 2 }));
    const key = newKey();
    await killer.killAt(point, 0, ['charge.created'], () => manager.execute(orderId, key));
    const { subscriptionId: id } = await manager.execute(orderId, key);
    await expectCharges({ id, accountId }, renewal);
  },
);
