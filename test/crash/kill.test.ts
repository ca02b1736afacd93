import { license, more, newAccount } from '../support/desk';
import { samplePoints, startKiller } from '../support/killer';
import { startSample } from '../support/sample';
import { newKey } from '../support/shop';
import { elapse } from '../support/until';

const PROVISION = [
  'accounts/exists',
  'accounts/synchronize',
  'accounts/exists',
  'accounts/synchronize',
  'subscriptions/create',
  'addons/create',
];

const sample = startSample('kill');

/** The points of each kind of operation, in the order in which they are passed; the first COMMIT is the client's. */
const passed = {
  provision: samplePoints(sample, PROVISION, 6),
  'add add-ons': samplePoints(sample, ['addons/create', 'addons/update'], 3),
  suspend: samplePoints(sample, ['subscriptions/suspend'], 3),
  resume: samplePoints(sample, ['subscriptions/activate'], 3),
  deprovision: samplePoints(sample, ['subscriptions/cancel'], 3),
};

const RANDOM_KILLS = sample.times(16);

// Each of these starts a process, and waits for a lease to run out.
jest.setTimeout(90_000);

let killer: Awaited<ReturnType<typeof startKiller>>;
let outside: (typeof killer)['outside'];
let manager: (typeof killer)['manager'];
beforeAll(async () => {
  killer = await startKiller();
  ({ outside, manager } = killer);
});
afterAll(() => killer.stop());

interface Sold {
  name: string;
  orderId: string;
  subscriptionId: string;
  customer: string;
  reseller: string;
}
const sold: Sold[] = [];
const cancelled: string[] = [];

let pairs = 0;
/** A reseller and its customer that nobody knows yet. */
async function newcomers(name = String(pairs++), of?: { id: string; email: string }) {
  const reseller = of ?? (await newAccount(outside.rows, `Reseller ${name}`, null, 'RESELLER'));
  const customer = await newAccount(outside.rows, `Customer ${name}`, reseller.id);
  return { reseller, customer, marks: [customer.id, customer.email, reseller.email] };
}

async function remember(name: string, orderId: string, customer: string, reseller: string) {
  const [row] = await outside.rows(
    'SELECT id FROM subscriptions WHERE orderId = ? OR id = (SELECT subscriptionId FROM operations WHERE orderId = ?)',
    [orderId, orderId],
  );
  sold.push({ name, orderId, subscriptionId: row?.id, customer, reseller });
}

const own = [
  'account.created Reseller x1',
  'account.created User x1',
  'subscription.created IC-BASE-1TB=1 x1',
];
const BOUGHT = { 'IC-ADD-1TB': 2 };
const bought = [...own, 'addon.set IC-ADD-1TB=2 x1'];
const MORE = { 'IC-ADD-1TB': 3, 'IC-ADD-5TB': 1 };
const grown = [...bought, 'addon.set IC-ADD-5TB=1 x1', 'addon.set IC-ADD-1TB=5 x1'];
const suspended = [...bought, 'subscription.suspended IC-BASE-1TB x1'];
const resumed = [...suspended, 'subscription.activated IC-BASE-1TB x1'];
const ended = [...bought, 'subscription.cancelled IC-BASE-1TB x1'];

/** Checks what was sold since the last look: every order, every subscription, every effect. */
async function check(effects: string[], state: string) {
  await outside.settled();
  for (const { name, orderId, subscriptionId, customer, reseller } of sold.splice(0)) {
    const [row] = await outside.rows(
      `SELECT o.state, s.state AS subscription, s.syncState FROM orders o JOIN subscriptions s ON s.id = ?
       WHERE o.id = ?`,
      [subscriptionId, orderId],
    );
    expect([name, row]).toEqual([name, { state: 'COMPLETED', subscription: state, syncState: 'SYNCED' }]);
    expect([name, await outside.provider.effectsOf(reseller, customer, subscriptionId)]).toEqual([
      name,
      effects,
    ]);
  }
}

describe('a gateway that is killed', () => {
  test.each(passed.provision)(
    'killed %s (passed %i times before), it still provisions',
    async (point, nth) => {
      const { reseller, customer, marks } = await newcomers();
      const orderId = await manager.place(customer.id, license('Backups', BOUGHT));
      const key = newKey();
      await killer.killAt(point, nth, marks, () => manager.execute(orderId, key));
      await remember(`${point} ${nth}`, orderId, customer.email, reseller.email);
    },
  );

  test('has completed every order, with every effect once', () => check(bought, 'ACTIVE'));

  test.each(passed['add add-ons'])(
    'killed %s (passed %i times before), it still adds the add-ons',
    async (point, nth) => {
      const { reseller, customer, marks } = await newcomers();
      const { subscriptionId } = await manager.order(customer.id, license('Backups', BOUGHT));
      await outside.settled();
      const orderId = await manager.place(customer.id, more(subscriptionId, MORE));
      const key = newKey();
      await killer.killAt(point, nth, marks, () => manager.execute(orderId, key));
      await remember(`${point} ${nth}`, orderId, customer.email, reseller.email);
    },
  );

  test('has added everything, once', () => check(grown, 'ACTIVE'));

  /** A subscription with add-ons, after `first`. */
  async function live(first: (subscriptionId: string) => Promise<unknown> = async () => undefined) {
    const { reseller, customer, marks } = await newcomers();
    const { orderId, subscriptionId } = await manager.order(customer.id, license('Backups', BOUGHT));
    await outside.settled();
    await first(subscriptionId);
    await outside.settled();
    return { orderId, subscriptionId, marks, sold: [orderId, customer.email, reseller.email] as const };
  }

  test.each(passed.suspend)('killed %s (passed %i times before), it still suspends', async (point, nth) => {
    const { subscriptionId, marks, sold: names } = await live();
    const key = newKey();
    await killer.killAt(point, nth, [...marks, subscriptionId], () => manager.suspend(subscriptionId, key));
    await remember(`${point} ${nth}`, ...names);
  });

  test('has suspended everything, once', () => check(suspended, 'SUSPENDED'));

  test.each(passed.resume)('killed %s (passed %i times before), it still resumes', async (point, nth) => {
    const { subscriptionId, marks, sold: names } = await live(id => manager.suspend(id));
    const key = newKey();
    await killer.killAt(point, nth, [...marks, subscriptionId], () => manager.resume(subscriptionId, key));
    await remember(`${point} ${nth}`, ...names);
  });

  test('has resumed everything, once', () => check(resumed, 'ACTIVE'));

  test.each(passed.deprovision)(
    'killed %s (passed %i times before), it still deprovisions',
    async (point, nth) => {
      const { reseller, customer, marks } = await newcomers();
      const { orderId, subscriptionId } = await manager.order(customer.id, license('Backups', BOUGHT));
      await outside.settled();
      const key = newKey();
      await killer.killAt(point, nth, marks, () => manager.cancel(subscriptionId, key));
      cancelled.push(subscriptionId);
      await remember(`${point} ${nth}`, orderId, customer.email, reseller.email);
    },
  );

  test('has ended everything, once', async () => {
    await check(ended, 'CANCELLED');
    const requests = 'SELECT state FROM cancellation_requests WHERE subscriptionId IN (?)';
    const states = await outside.rows(requests, [cancelled]);
    expect(states).toEqual(cancelled.map(() => ({ state: 'COMPLETED' })));
  });

  test(`at ${RANDOM_KILLS} random moments, completes every order with every effect once`, async () => {
    for (let round = 0; round < RANDOM_KILLS; round += 1) {
      // One has the reseller in hand that the others wait for.
      const { reseller } = await newcomers(`at random ${round}`);
      const orders = await Promise.all(
        [1, 2, 3].map(async nth => {
          const { customer } = await newcomers(`at random ${round} ${nth}`, reseller);
          const orderId = await manager.place(customer.id, license('Backups', BOUGHT));
          return { customer, orderId, key: newKey() };
        }),
      );
      const executed = orders.map(({ orderId, key }) => killer.insist(() => manager.execute(orderId, key)));
      await elapse(Math.random() * 150, 'the kill meets a random moment');
      await killer.kill();
      await killer.start();
      await Promise.all(executed);
      for (const { orderId, customer } of orders) {
        await remember(`random ${round}`, orderId, customer.email, reseller.email);
      }
    }
    await check(bought, 'ACTIVE');
  }, 120_000);

  test('was killed at every point of the sample', () => {
    const kills = killer.kills();
    expect(kills).toBe(Object.values(passed).reduce((sum, all) => sum + all.length, RANDOM_KILLS));
    process.stdout.write(`killed ${kills} times\n`);
  });
});
