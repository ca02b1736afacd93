/** Names of broker endpoints in faults and counts. */
export const BROKER_ENDPOINTS = [
  'broker/catalog',
  'broker/provision',
  'broker/update',
  'broker/deprovision',
  'broker/last_operation',
  'broker/fetch',
] as const;

/** Name of a broker endpoint. */
export type BrokerEndpoint = (typeof BROKER_ENDPOINTS)[number];

/** Base path of `v2/…`. */
export const BROKER_PATH = '/broker/';

const CHANGES: Record<string, BrokerEndpoint> = {
  PUT: 'broker/provision',
  PATCH: 'broker/update',
  DELETE: 'broker/deprovision',
  GET: 'broker/fetch',
};
const INSTANCE = /^v2\/service_instances\/([^/]+)(\/last_operation)?$/;

/** Returns the endpoint and the instance of a request. Undefined if there is no such endpoint. */
export function endpointOf(
  method: string,
  path: string,
): { endpoint: BrokerEndpoint; instance: string | undefined } | undefined {
  if (method === 'GET' && path === 'v2/catalog') return { endpoint: 'broker/catalog', instance: undefined };
  const [, id, asking] = INSTANCE.exec(path) ?? [];
  const endpoint = asking ? (method === 'GET' ? 'broker/last_operation' : undefined) : CHANGES[method];
  return id && endpoint ? { endpoint, instance: decodeURIComponent(id) } : undefined;
}
