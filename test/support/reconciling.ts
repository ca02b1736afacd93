import { reconcileOnce } from '../../src/provisioning';
import { deskOf, lastOperation, license, newAccount } from './desk';
import { BROKER, startTestGateway } from './gateway';
import { subscription } from './provider/client';
import { simulatorAt } from './provider/simulator';

type Options = Partial<Pick<Parameters<typeof reconcileOnce>[0], 'repair' | 'push' | 'now'>>;

/** A gateway whose subscriptions somebody else changes at the providers. */
export async function startReconciling() {
  const gateway = await startTestGateway();
  const manager = deskOf(gateway);
  const { db, catalog, providers, log } = gateway.app.deps;
  const signal = new AbortController().signal;
  const schedule = { db, catalog, providers, log, everyMs: 3_600_000, signal };

  /** Orders a base license with two add-ons. Resolves to the id of the subscription. */
  async function ordered(name: string, sku: 'CB-SERVER' | 'IC-BASE-1TB' | 'IC-BASE-5TB') {
    const customer = await newAccount(gateway.rows, name);
    const addon = sku === 'CB-SERVER' ? 'CB-ARCHIVE-100GB' : 'IC-ADD-1TB';
    const { subscriptionId } = await manager.order(customer.id, license(name, { [addon]: 2 }, sku));
    await gateway.settled();
    return subscriptionId;
  }

  /** Calls of somebody else at the broker. */
  async function atBroker(
    method: string,
    id: string,
    addons: Record<string, number> = {},
    plan = 'CB-SERVER',
  ) {
    const query = '?accepts_incomplete=true&service_id=CloudBackup&plan_id=CB-SERVER';
    const response = await fetch(new URL(`v2/service_instances/${id}${query}`, gateway.simulator.brokerUrl), {
      method,
      headers: {
        authorization: `Basic ${btoa(`${BROKER.username}:${BROKER.password}`)}`,
        'x-broker-api-version': '2.17',
      },
      ...(method !== 'DELETE' && {
        body: JSON.stringify({
          service_id: 'CloudBackup',
          plan_id: plan,
          parameters: { quantity: 1, addons },
        }),
      }),
    });
    expect(response.ok).toBe(true);
  }

  return {
    gateway,
    manager,
    provider: simulatorAt(gateway.simulator.url),
    schedule,
    run: (name: string, options: Options = {}) =>
      reconcileOnce({ ...schedule, name, repair: true, push: false, now: true, ...options }),
    ordered,
    atBroker,
    /** Subscription `id` in the form of the provider port, for what somebody else does at the service manager. */
    storage: (id: string, productId = 'IC-BASE-1TB') => subscription({ id, productId }),
    /** The last operation of a subscription, which has failed. */
    async failed(id: string): Promise<string> {
      await gateway.settled();
      const operation = await lastOperation(gateway.rows, id);
      expect(operation.state).toBe('FAILED');
      return operation.id as string;
    },
    /** Events of the differences of a subscription. */
    told: (id: string) =>
      gateway.rows(
        `SELECT message, userId FROM events WHERE subscriptionId = ? AND type = 'subscription.differs' ORDER BY id`,
        [id],
      ),
    syncState: async (id: string) =>
      (await gateway.rows('SELECT state, syncState FROM subscriptions WHERE id = ?', [id]))[0],
    operations: async (id: string) =>
      (
        await gateway.rows(
          'SELECT kind, state FROM operations WHERE subscriptionId = ? ORDER BY createdAt, id',
          [id],
        )
      ).map(({ kind, state }) => `${kind} ${state}`),
  };
}

/** Counts of aspects that are unverifiable. */
export const unverifiable = (ADDONS = 0, PRODUCT = 0) => ({ ADDONS, PRODUCT, SUSPENSION: 0 });
