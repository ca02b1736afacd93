import { license, more, newAccount, subscriptionOf } from '../support/desk';
import { samplePoints, startKiller } from '../support/killer';
import { startSample } from '../support/sample';
import { newKey } from '../support/shop';
import { elapse } from '../support/until';

const sample = startSample('accepted');

/** A provider that answers 202 and works later: each call is followed by a question, between two processes or not. */
const passed = {
  provision: samplePoints(
    sample,
    ['broker/provision', 'broker/last_operation', 'broker/update', 'broker/last_operation'],
    6,
  ),
  'add add-ons': samplePoints(sample, ['broker/update', 'broker/last_operation'], 4),
  deprovision: samplePoints(sample, ['broker/deprovision', 'broker/last_operation'], 4),
};
const RANDOM_KILLS = sample.times(10);

// Each of these starts a process, and waits for a lease to run out.
jest.setTimeout(90_000);

let killer: Awaited<ReturnType<typeof startKiller>>;
let outside: (typeof killer)['outside'];
let manager: (typeof killer)['manager'];
beforeAll(async () => {
  killer = await startKiller();
  ({ outside, manager } = killer);
}, 120_000);
afterAll(() => killer.stop());

const server = license('Backups', { 'CB-ARCHIVE-100GB': 2 }, 'CB-SERVER');
const bought = ['subscription.created CB-SERVER=1 x1', 'addon.set CB-ARCHIVE-100GB=2 x1'];

/** Everything is done once: the order, the subscription, and at the provider. Nothing waits any more. */
async function check(subscriptionId: string, effects: string[], state = 'ACTIVE') {
  await outside.settled();
  const [row] = await outside.rows(
    `SELECT s.state, s.syncState, o.state AS ordered FROM subscriptions s JOIN orders o ON o.id = s.orderId WHERE s.id = ?`,
    [subscriptionId],
  );
  expect(row).toEqual({ state, syncState: 'SYNCED', ordered: 'COMPLETED' });
  expect(await outside.provider.effectsOf(subscriptionId)).toEqual(effects);
  const left = await outside.rows(
    `SELECT s.name FROM steps s JOIN operations o ON o.id = s.operationId WHERE o.subscriptionId = ? AND s.ticket IS NOT NULL`,
    [subscriptionId],
  );
  expect(left).toEqual([]);
}

let customers = 0;

/** A question names the instance, which nobody knows before; nothing else is under way, so any is the one. */
const marksOf = (point: string, id: string) => (point.includes('COMMIT') ? [id] : ['']);

describe('a gateway that is killed', () => {
  test.each(passed.provision)(
    'killed %s (passed %i times before), it still provisions',
    async (point, nth) => {
      const customer = await newAccount(outside.rows, `Accepted ${customers++}`);
      const orderId = await manager.place(customer.id, server);
      const key = newKey();
      await killer.killAt(point, nth, marksOf(point, customer.id), () => manager.execute(orderId, key));
      await check(await subscriptionOf(outside.rows, orderId), bought);
    },
  );

  test.each(passed['add add-ons'])(
    'killed %s (passed %i times before), it still adds the add-ons',
    async (point, nth) => {
      const customer = await newAccount(outside.rows, `Accepted ${customers++}`);
      const { subscriptionId } = await manager.order(customer.id, server);
      await outside.settled();
      const orderId = await manager.place(customer.id, more(subscriptionId, { 'CB-ARCHIVE-100GB': 3 }));
      const key = newKey();
      await killer.killAt(point, nth, marksOf(point, customer.id), () => manager.execute(orderId, key));
      await check(subscriptionId, [...bought, 'addon.set CB-ARCHIVE-100GB=5 x1']);
    },
  );

  test.each(passed.deprovision)(
    'killed %s (passed %i times before), it still deprovisions',
    async (point, nth) => {
      const customer = await newAccount(outside.rows, `Accepted ${customers++}`);
      const { subscriptionId } = await manager.order(customer.id, server);
      await outside.settled();
      const key = newKey();
      await killer.killAt(point, nth, marksOf(point, customer.id), () => manager.cancel(subscriptionId, key));
      await check(subscriptionId, [...bought, 'subscription.cancelled CB-SERVER x1'], 'CANCELLED');
    },
  );

  test(`at ${RANDOM_KILLS} random moments, completes every order with every effect once`, async () => {
    const ids: string[] = [];
    for (let round = 0; round < RANDOM_KILLS; round += 1) {
      const customer = await newAccount(outside.rows, `Accepted at random ${round}`);
      const orderId = await manager.place(customer.id, server);
      const key = newKey();
      const executed = killer.insist(() => manager.execute(orderId, key));
      await elapse(Math.random() * 1200, 'the kill meets a random moment');
      await killer.kill();
      await killer.start();
      await executed;
      ids.push(await subscriptionOf(outside.rows, orderId));
    }
    for (const id of ids) await check(id, bought);
  }, 120_000);
});
