import type { Config } from '../config';
import { createImpossibleCloud } from './impossible-cloud';
import { createBroker } from './open-service-broker';
import type { Provider } from './port';

/** More than one worker and the pre-checks use at once, so that no call waits for a socket. */
const SOCKETS = 64;

/** Clients of the providers by name, which is the `provider` of a service. */
export type Providers = ReadonlyMap<string, Provider>;

/** Creates a client for each provider that is configured. A new provider is one line here. */
export function createProviders({ provider, broker }: Config): Providers {
  const limits = { timeoutMs: provider.timeoutMs, maxSockets: SOCKETS };
  const clients: [name: string, client: Provider | null][] = [
    ['impossible-cloud', createImpossibleCloud({ ...provider, ...limits })],
    ['open-service-broker', broker && createBroker({ ...broker, ...limits })],
  ];
  return new Map(clients.flatMap(([name, client]) => (client ? [[name, client] as const] : [])));
}
