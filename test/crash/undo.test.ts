import { license, more, newAccount } from '../support/desk';
import { samplePoints, startKiller } from '../support/killer';
import { doing } from '../support/provider/simulator';
import { startSample } from '../support/sample';
import { newKey } from '../support/shop';

const sample = startSample('undo');

/** The points of each UNDO, in the order in which they are passed; the first COMMIT is that of `abandonOperation`. */
const passed = {
  'restored add-ons': samplePoints(sample, ['addons/update', 'addons/cancel'], 3),
  'cancelled license': samplePoints(sample, ['subscriptions/cancel'], 3),
};

let killer: Awaited<ReturnType<typeof startKiller>>;
let outside: (typeof killer)['outside'];
let manager: (typeof killer)['manager'];
beforeAll(async () => {
  killer = await startKiller();
  ({ outside, manager } = killer);
}, 60_000);
afterAll(() => killer.stop());

/** A customer, and the failed operation of an order for it. */
async function failed(name: string, ordersAddons: boolean) {
  const customer = await newAccount(outside.rows, name);
  const first = license('Backups', { 'IC-ADD-1TB': 2 });
  const refuse = (endpoint: string) => outside.provider.setFaults(doing('refuse', { endpoint }));
  if (!ordersAddons) await refuse('addons/create');
  const provisioned = await manager.order(customer.id, first);
  await outside.settled();
  if (!ordersAddons) return { customer, ...provisioned };
  // The new add-on is created, and the other one is refused.
  await refuse('addons/update');
  const { subscriptionId } = provisioned;
  const order = await manager.order(customer.id, more(subscriptionId, { 'IC-ADD-1TB': 3, 'IC-ADD-5TB': 1 }));
  await outside.settled();
  return { customer, ...order };
}

/** Order, subscription, what it holds, and its operations, as the database has them. */
async function recorded({ orderId, subscriptionId }: { orderId: string; subscriptionId: string }) {
  const [row] = await outside.rows(
    `SELECT o.state AS ord, s.state, s.syncState,
       (SELECT GROUP_CONCAT(kind, ' ', state ORDER BY id SEPARATOR ', ') FROM operations WHERE orderId = o.id) AS done
     FROM orders o JOIN subscriptions s ON s.id = ? WHERE o.id = ?`,
    [subscriptionId, orderId],
  );
  const addons = await outside.rows(
    'SELECT a.sku, h.quantity FROM subscription_addons h JOIN addons a ON a.id = h.addonId WHERE subscriptionId = ?',
    [subscriptionId],
  );
  return { ...row, addons: Object.fromEntries(addons.map(({ sku, quantity }) => [sku, quantity])) };
}

describe('a gateway that is killed', () => {
  test.each(passed['restored add-ons'])(
    'killed %s (passed %i times before), it still restores the add-ons, once',
    async (point, nth) => {
      const it = await failed(`Restored ${point} ${nth}`, true);
      const key = newKey();
      const marks = [it.customer.id, it.customer.email];
      await killer.killAt(point, nth, marks, () => manager.abandon(it.operationId, key));
      await outside.settled();
      expect(await recorded(it)).toEqual({
        ord: 'CANCELLED',
        state: 'ACTIVE',
        syncState: 'SYNCED',
        done: 'ADD_ADDONS ABANDONED, UNDO SUCCEEDED',
        addons: { 'IC-ADD-1TB': 2 },
      });
      expect((await outside.provider.holding(it.subscriptionId))?.addons).toEqual({ 'IC-ADD-1TB': 2 });
      expect(await outside.provider.effectsOf(it.subscriptionId)).toEqual([
        'subscription.created IC-BASE-1TB=1 x1',
        'addon.set IC-ADD-1TB=2 x1',
        'addon.set IC-ADD-5TB=1 x1',
        'addon.cancelled IC-ADD-5TB=0 x1',
      ]);
    },
    60_000,
  );

  test.each(passed['cancelled license'])(
    'killed %s (passed %i times before), it still cancels the license, once',
    async (point, nth) => {
      const it = await failed(`Cancelled ${point} ${nth}`, false);
      const key = newKey();
      const marks = [it.customer.id, it.customer.email];
      await killer.killAt(point, nth, marks, () => manager.abandon(it.operationId, key));
      await outside.settled();
      expect(await recorded(it)).toEqual({
        ord: 'CANCELLED',
        state: 'CANCELLED',
        syncState: 'SYNCED',
        done: 'PROVISION ABANDONED, UNDO SUCCEEDED',
        addons: {},
      });
      expect(await outside.provider.effectsOf(it.subscriptionId)).toEqual([
        'subscription.created IC-BASE-1TB=1 x1',
        'subscription.cancelled IC-BASE-1TB x1',
      ]);
    },
    60_000,
  );
});
