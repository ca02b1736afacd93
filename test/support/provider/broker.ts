import { startSimulator } from '../../../dev/simulator/start';
import { createBroker } from '../../../src/providers/open-service-broker';
import { Accepted } from '../../../src/providers/port';
import type { ProviderSubscription } from '../../../src/providers/subscription';
import { atTheEnd } from '../cleanup';
import { APPLICATION, addon, CALL, subscription } from './client';
import { simulatorAt } from './simulator';

/** A broker that is really there, and a client of it. */
export async function broker(workMs = 0, more: { password?: string; timeoutMs?: number } = {}) {
  const simulator = await startSimulator({ ...APPLICATION, workMs });
  atTheEnd(() => simulator.stop());
  const settings = { username: APPLICATION.applicationId, password: APPLICATION.apiKey, ...more };
  const client = createBroker({
    baseUrl: simulator.brokerUrl,
    timeoutMs: 2000,
    ...settings,
    maxSockets: 4,
  });
  atTheEnd(() => client.close());
  return { client, url: simulator.brokerUrl, ...simulatorAt(simulator.url) };
}

/** A subscription of the broker's service. */
export const wanted = (more: Partial<ProviderSubscription> = {}) =>
  subscription({ id: 'sub_1', serviceType: 'CloudBackup', productId: 'CB-SERVER', ...more });
/** The same with a total of its add-on. */
export const holding = (total: number) => wanted({ addons: [addon('CB-ARCHIVE-100GB', total, true)] });

/** Asks until it is done. */
export async function through(client: ReturnType<typeof createBroker>, made: string | Accepted | undefined) {
  let asked = 0;
  let now = made;
  while (now instanceof Accepted) {
    now = await client.poll(now.ticket, CALL);
    asked += 1;
  }
  return { result: now, asked };
}
