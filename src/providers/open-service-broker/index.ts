import type { z } from 'zod';
import { fromInterruption, fromRefusal, fromStatus, unreadableResponse } from '../classify';
import { createAgent } from '../http/agent';
import { exchange, type HttpResponse, parseJson } from '../http/exchange';
import { Interrupted } from '../http/interrupted';
import { Accepted, type Provider, type ProviderCall, type ProviderSubscription } from '../port';
import { toCatalog } from './catalog';
import { type Change, deprovision, provision, update } from './request';
import { readTicket, type Ticket, writeTicket } from './ticket';
import { API_VERSION, catalog, change, HEADERS, instance, lastOperation, refusal } from './wire';

/** How to reach a broker. `baseUrl` is what `/v2/…` hangs on; `timeoutMs` is the deadline of one call. */
export interface BrokerSettings {
  baseUrl: string;
  username: string;
  password: string;
  timeoutMs: number;
  /** Connections, and so calls in flight, at once; more wait, and their waiting counts against the deadline. */
  maxSockets: number;
}

/**
 * A provider that speaks the Open Service Broker API. Whatever takes time is answered by 202 and asked after at
 * `last_operation`. Our subscription's id is the instance's id, and a broker answers the same request for the same
 * instance by what the first one came to, so every call may be repeated. Throws TypeError for an address that is none.
 */
export function createBroker(settings: BrokerSettings): Required<Omit<Provider, 'accounts' | 'precheck'>> {
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
    const query = new URLSearchParams({ accepts_incomplete: 'true' });
    if (it.method === 'DELETE') query.set('service_id', it.service);
    if (it.method === 'DELETE') query.set('plan_id', it.plan);
    const answer = await send(it.method, `${at(it.instance)}?${query}`, it.body, call);
    // It was never there, or is gone already: what was to be ended has ended.
    if (it.method === 'DELETE' && answer.status === 410) return it.instance;
    if (isBusy(answer)) return wait({ is: 'busy', change: it }, answer);
    const { operation } = parseBody(change, answer);
    return answer.status === 202 ? wait({ is: 'accepted', change: it, operation }, answer) : it.instance;
  }

  async function follow(ticket: Ticket, call: ProviderCall): Promise<string | Accepted> {
    const { change: it, operation } = ticket;
    const query = new URLSearchParams({ service_id: it.service, plan_id: it.plan });
    if (operation !== undefined) query.set('operation', operation);
    const answer = await send('GET', `${at(it.instance)}/last_operation?${query}`, null, call);
    if (it.method === 'DELETE' && answer.status === 410) return it.instance;
    const { state, description } = parseBody(lastOperation, answer);
    if (state === 'in progress') return wait(ticket, answer);
    if (state === 'failed') throw fromRefusal(undefined, description);
    return it.instance;
  }

  return {
    createSubscription: (subscription, call) => apply(provision(subscription), call),
    setAddons: (subscription, call) => done(apply(update(subscription), call)),
    cancelSubscription: (subscription, call) => done(apply(deprovision(subscription), call)),
    async poll(text, call) {
      const ticket = readTicket(text);
      return ticket.is === 'busy' ? apply(ticket.change, call) : follow(ticket, call);
    },
    async inspect({ id, serviceType, productId }: ProviderSubscription, call) {
      const query = new URLSearchParams({ service_id: serviceType, plan_id: productId });
      const answer = await send('GET', `${at(id)}?${query}`, null, call);
      if (answer.status === 404 || answer.status === 410) return { live: false };
      return { live: true, addons: parseBody(instance, answer).parameters.addons };
    },
    async readCatalog(call) {
      return toCatalog(parseBody(catalog, await send('GET', 'catalog', null, call)));
    },
    close: () => agent.destroy(),
  };
}

const at = (id: string) => `service_instances/${encodeURIComponent(id)}`;

const wait = (ticket: Ticket, { retryAfterMs }: HttpResponse) =>
  new Accepted(writeTicket(ticket), retryAfterMs);

/** For calls whose result is that they are done. */
const done = async (made: Promise<string | Accepted>): Promise<Accepted | undefined> => {
  const result = await made;
  return result instanceof Accepted ? result : undefined;
};

/** Another request for the instance is still being carried out: one that was sent before, and whose answer was lost. */
const isBusy = ({ status, body }: HttpResponse) =>
  status === 422 && refusal.safeParse(parseJson(body)).data?.error === 'ConcurrencyError';

/** The body of a good answer; throws what any other means. */
function parseBody<T extends z.ZodType>(schema: T, answer: HttpResponse): z.output<T> {
  const { status, body } = answer;
  const json = parseJson(body);
  const { description, error } = refusal.safeParse(json).data ?? {};
  const isRefused = [400, 409, 422].includes(status) || (status === 404 && description !== undefined);
  if (isRefused) throw fromRefusal(status, description ?? error);
  const fault = fromStatus(answer, description);
  if (fault) throw fault;
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw unreadableResponse(json === undefined ? 'it is not JSON' : 'it is not of the contract');
  return parsed.data;
}
