import { readBacklog } from '../../../src/provisioning';
import { more } from '../../support/desk';
import { CALL } from '../../support/provider/client';
import { doing } from '../../support/provider/simulator';
import { startReconciling } from '../../support/reconciling';

type Reconciling = Awaited<ReturnType<typeof startReconciling>>;
let it: Reconciling;
/** Calls of somebody else at the service manager. */
let storage: any;
beforeAll(async () => {
  it = await startReconciling();
  storage = it.gateway.app.deps.providers.get('impossible-cloud');
});
afterAll(() => it.gateway.stop());
beforeEach(() => it.gateway.reset());

const refuse = (endpoint: string) => it.provider.setFaults(doing('refuse', { endpoint, checkOnly: false }));

/** The customer of the subscription. */
const accountOf = async (id: string): Promise<string> => {
  const [row] = await it.gateway.rows('SELECT accountId FROM subscriptions WHERE id = ?', [id]);
  return row?.accountId;
};

async function suspended(id: string): Promise<void> {
  await it.manager.suspend(id);
  await it.gateway.settled();
}

/** Makes an operation of each kind fail, on a subscription that is active. */
const failures: Record<string, (id: string) => Promise<unknown>> = {
  ADD_ADDONS: async id => {
    await refuse('addons/update');
    return it.manager.order(await accountOf(id), more(id, { 'IC-ADD-1TB': 1 }));
  },
  CHANGE: async id => {
    await refuse('subscriptions/upgradedowngrade');
    return it.manager.change(id, 'IC-BASE-5TB', { 'IC-ADD-1TB': 2 });
  },
  SUSPEND: async id => {
    await refuse('subscriptions/suspend');
    return it.manager.suspend(id);
  },
  RESUME: async id => {
    await suspended(id);
    await refuse('subscriptions/activate');
    return it.manager.resume(id);
  },
  DEPROVISION: async id => {
    await refuse('subscriptions/cancel');
    return it.manager.cancel(id);
  },
  UNDO: async id => {
    await failures.CHANGE?.(id);
    const changing = await it.failed(id);
    await refuse('subscriptions/upgradedowngrade');
    return it.manager.abandon(changing);
  },
  'repair of the product': async id => {
    await storage.changeProduct(it.storage(id, 'IC-BASE-5TB'), 'UPGRADE', CALL);
    await refuse('subscriptions/upgradedowngrade');
    return it.run('impossible-cloud');
  },
  'repair of a suspension': async id => {
    await suspended(id);
    await storage.resumeSubscription(it.storage(id), CALL);
    await refuse('subscriptions/suspend');
    return it.run('impossible-cloud');
  },
};

const failed = async () => {
  const { states } = await readBacklog(it.gateway.app.deps.db);
  const some = states.filter(({ count }) => count > 0);
  expect(some.filter(({ state }) => state !== 'FAILED')).toEqual([]);
  return some.map(({ count }) => count);
};

test.each(Object.keys(failures))(
  'a failed %s counts once, from its failure until it is abandoned',
  async kind => {
    const id = await it.ordered(kind, 'IC-BASE-1TB');
    expect(await failed()).toEqual([]);
    await failures[kind]?.(id);
    const operationId = await it.failed(id);
    expect(await failed()).toEqual([1]);
    await it.gateway.rows('UPDATE operations SET finishedAt = NOW(3) - INTERVAL 1 HOUR WHERE id = ?', [
      operationId,
    ]);
    const { states } = await readBacklog(it.gateway.app.deps.db);
    const oldestSeconds = states.find(({ state }) => state === 'FAILED')?.oldestSeconds ?? 0;
    expect(Math.floor(oldestSeconds / 60)).toBe(60);
    await it.manager.abandon(operationId);
    await it.gateway.settled();
    expect(await failed()).toEqual([]);
  },
);

test('several failed operations of one order and one subscription each count once', async () => {
  const id = await it.ordered('Several', 'IC-BASE-1TB');
  await failures.ADD_ADDONS?.(id);
  await it.failed(id);
  // A failed operation does not hold a customer.
  await failures.DEPROVISION?.(id);
  await it.failed(id);
  const other = await it.ordered('Another', 'IC-BASE-1TB');
  await failures.SUSPEND?.(other);
  await it.failed(other);
  expect(await failed()).toEqual([3]);
});
