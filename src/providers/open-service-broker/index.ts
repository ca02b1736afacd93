import type { z } from 'zod';
import { fromInterruption, fromRefusal, fromStatus, unreadableResponse } from '../classify';
import { createAgent } from '../http/agent';
import { exchange, type HttpResponse, parseJson } from '../http/exchange';
import { Interrupted } from '../http/interrupted';
import { Accepted, type Provider, type ProviderCall } from '../port';
import type { ProviderSubscription } from '../subscription';
import { toCatalog } from './catalog';
import { type Change, changePlan, deprovision, provision, update } from './request';
import { readTicket, type Ticket, writeTicket } from './ticket';
import { API_VERSION, catalog, change, HEADERS, instance, lastOperation, refusal } from './wire';

/** Connection to a broker. `baseUrl` precedes `/v2/…`; `timeoutMs` is the deadline of one call. */
export interface BrokerSettings {
  baseUrl: string;
  username: string;
  password: string;
  timeoutMs: number;
  /** Maximum number of connections, and so of calls in flight. The deadline includes the wait for a connection. */
  maxSockets: number;
}

/** Methods of the port that a broker has: no accounts, no dry run and no suspension. */
type Broker = Required<
  Omit<Provider, 'accounts' | 'precheck' | 'suspendSubscription' | 'resumeSubscription'>
>;

/**
 * Creates a client of the Open Service Broker API. Asynchronous work (202) is polled at `last_operation`. The id of the
 * subscription is the id of the instance, and a broker answers a repeated request with the result of the first one, so every
 * call is repeatable. The API has no suspension. Throws TypeError for an invalid base URL.
 */
export function createBroker(settings: BrokerSettings): Broker {
  const base = new URL(settings.baseUrl.endsWith('/') ? settings.baseUrl : `${settings.baseUrl}/`);
  const agent = createAgent(base.protocol, { maxSockets: settings.maxSockets });
  const authorization = `Basic ${Buffer.from(`${settings.username}:${settings.password}`).toString('base64')}`;

  async function send(
    method: Change['method'] | 'GET',
    path: string,
    body: object | null,
    call: ProviderCall,
  ) {
    return exchange({
      method,
      url: new URL(`v2/${path}`, base),
      agent,
      headers: {
        Accept: 'application/json',
        ...(body && { 'Content-Type': 'application/json' }),
        Authorization: authorization,
        [HEADERS.version]: API_VERSION,
        [HEADERS.requestIdentity]: call.trackId,
      },
      body: body ? JSON.stringify(body) : '',
      timeoutMs: settings.timeoutMs,
      signal: call.signal,
    }).catch((error: unknown) => {
      throw error instanceof Interrupted ? fromInterruption(error) : error;
    });
  }

  async function apply(it: Change, call: ProviderCall): Promise<string | Accepted> {
    const query = new URLSearchParams({
      accepts_incomplete: 'true',
      ...(it.method === 'DELETE' && named(it)),
    });
    const response = await send(it.method, `${at(it.instance)}?${query}`, it.body, call);
    // 410: it never existed, or is deleted already.
    if (it.method === 'DELETE' && response.status === 410) return it.instance;
    if (isBusy(response)) return wait({ is: 'busy', change: it }, response);
    const { operation } = parseBody(change, response);
    return response.status === 202 ? wait({ is: 'accepted', change: it, operation }, response) : it.instance;
  }

  async function pollTicket(ticket: Ticket, call: ProviderCall): Promise<string | Accepted> {
    const { change: it, operation } = ticket;
    const query = new URLSearchParams({ ...named(it), ...(operation !== undefined && { operation }) });
    const response = await send('GET', `${at(it.instance)}/last_operation?${query}`, null, call);
    if (it.method === 'DELETE' && response.status === 410) return it.instance;
    const { state, description } = parseBody(lastOperation, response);
    if (state === 'in progress') return wait(ticket, response);
    if (state === 'failed') throw fromRefusal(undefined, description);
    return it.instance;
  }

  return {
    createSubscription: (subscription, call) => apply(provision(subscription), call),
    setAddons: (subscription, call) => withoutResult(apply(update(subscription), call)),
    changeProduct: (subscription, _, call) => withoutResult(apply(changePlan(subscription), call)),
    cancelSubscription: (subscription, call) => withoutResult(apply(deprovision(subscription), call)),
    async poll(text, call) {
      const ticket = readTicket(text);
      return ticket.is === 'busy' ? apply(ticket.change, call) : pollTicket(ticket, call);
    },
    async inspect({ id, serviceType }: ProviderSubscription, call) {
      // Without the plan, which the request would have to name correctly. The response reports it.
      const query = new URLSearchParams({ service_id: serviceType });
      const response = await send('GET', `${at(id)}?${query}`, null, call);
      if (response.status === 404 || response.status === 410) return { live: false };
      const { plan_id, parameters } = parseBody(instance, response);
      return { live: true, productId: plan_id, addons: parameters.addons };
    },
    async readCatalog(call) {
      return toCatalog(parseBody(catalog, await send('GET', 'catalog', null, call)));
    },
    close: () => agent.destroy(),
  };
}

/** Service and plan of an instance, as a query. */
const named = ({ service, plan }: Change) => ({
  service_id: service,
  ...(plan !== undefined && { plan_id: plan }),
});

const at = (id: string) => `service_instances/${encodeURIComponent(id)}`;

const wait = (ticket: Ticket, { retryAfterMs }: HttpResponse) =>
  new Accepted(writeTicket(ticket), retryAfterMs);

/** Drops the result of a finished call. */
const withoutResult = async (made: Promise<string | Accepted>): Promise<Accepted | undefined> => {
  const result = await made;
  return result instanceof Accepted ? result : undefined;
};

/** Whether an earlier request for the instance, whose response was lost, is still in progress. */
const isBusy = ({ status, body }: HttpResponse) =>
  status === 422 && refusal.safeParse(parseJson(body)).data?.error === 'ConcurrencyError';

/** Parses the body of a 2xx response. Throws ProviderFault for any other response. */
function parseBody<T extends z.ZodType>(schema: T, response: HttpResponse): z.output<T> {
  const { status, body } = response;
  const json = parseJson(body);
  const { description, error } = refusal.safeParse(json).data ?? {};
  const isRefused = [400, 409, 422].includes(status) || (status === 404 && description !== undefined);
  if (isRefused) throw fromRefusal(status, description ?? error);
  const fault = fromStatus(response, description);
  if (fault) throw fault;
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw unreadableResponse(json === undefined ? 'it is not JSON' : 'it is not of the contract');
  return parsed.data;
}
