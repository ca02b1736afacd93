import http from 'node:http';
import type { AccountField } from '../account-fields';
import { fromInterruption, fromRefusal, unreadableResponse } from '../classify';
import { createAgent } from '../http/agent';
import { exchange } from '../http/exchange';
import { Interrupted } from '../http/interrupted';
import type { Provider, ProviderAccounts, ProviderCall } from '../port';
import type { ProviderSubscription } from '../subscription';
import { readBody, readResult } from './answer';
import { toCatalog } from './catalog';
import { toAccount } from './to-account';
import { type Intent, toService } from './to-service';
import {
  type AccountDefinition,
  type Endpoint,
  HEADERS,
  type ResultDefinition,
  type ServiceDefinition,
} from './wire';

/**
 * Codes for an unknown id and for a cancelled subscription. Codes are vendor-specific and Impossible Cloud publishes none, so
 * these are the simulator's. Other codes are refusals like any other.
 */
const REFUSED = { unknown: -4, cancelled: -6 } as const;

/** Fields that service managers refuse an account without, with the codes -12 to -19 (domain.md 5.4). */
const NEEDED: readonly AccountField[] = [
  'name',
  'email',
  'billing.addressLine1',
  'billing.country',
  'billing.city',
  'billing.postalCode',
];

/** Connection to a service manager. `baseUrl` includes the path prefix; `timeoutMs` is the deadline of one call. */
export interface ImpossibleCloudSettings {
  baseUrl: string;
  applicationId: string;
  apiKey: string;
  timeoutMs: number;
  /** Maximum number of connections, and so of calls in flight. The deadline includes the wait for a connection. */
  maxSockets: number;
}

/** Methods of the port that this provider has: accounts, a pre-check, and synchronous calls only. */
export interface ImpossibleCloud extends Provider {
  accounts: ProviderAccounts;
  precheck(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string>;
}

/** Creates a client of the service-manager contract. Throws TypeError for an invalid base URL or key. */
export function createImpossibleCloud(settings: ImpossibleCloudSettings): ImpossibleCloud {
  const base = new URL(settings.baseUrl.endsWith('/') ? settings.baseUrl : `${settings.baseUrl}/`);
  http.validateHeaderValue(HEADERS.applicationId, settings.applicationId);
  http.validateHeaderValue(HEADERS.apiKey, settings.apiKey);
  const agent = createAgent(base.protocol, { maxSockets: settings.maxSockets });

  async function send(method: 'GET' | 'POST', endpoint: Endpoint, body: string, call: ProviderCall) {
    return exchange({
      method,
      url: new URL(endpoint, base),
      agent,
      headers: {
        ...(body && { 'Content-Type': 'application/json; charset=utf-8' }),
        Accept: 'application/json',
        [HEADERS.applicationId]: settings.applicationId,
        [HEADERS.apiKey]: settings.apiKey,
        [HEADERS.trackId]: call.trackId,
      },
      body,
      timeoutMs: settings.timeoutMs,
      signal: call.signal,
    }).catch((error: unknown) => {
      throw error instanceof Interrupted ? fromInterruption(error) : error;
    });
  }

  async function post(
    endpoint: Endpoint,
    body: AccountDefinition | ServiceDefinition,
    call: ProviderCall,
  ): Promise<ResultDefinition> {
    return readResult(await send('POST', endpoint, JSON.stringify(body), call));
  }

  async function postService(
    endpoint: Endpoint,
    subscription: ProviderSubscription,
    intent: Intent,
    call: ProviderCall,
  ): Promise<string | null> {
    return resultOf(await post(endpoint, toService(subscription, intent), call));
  }

  return {
    accounts: {
      needed: NEEDED,
      async find(account, call) {
        const result = await post('accounts/exists', toAccount(account), call);
        // In this call 0 means "does not exist" and 1 "exists"; neither is an error.
        return result.Code === 1 ? externalId(result.Result) : void resultOf(result);
      },
      async synchronize(account, call) {
        return externalId(resultOf(await post('accounts/synchronize', toAccount(account), call)));
      },
    },
    async precheck(subscription, call) {
      const intent: Intent = { action: 'Provision', changed: 'Provision', checkOnly: true };
      await postService('subscriptions/create', subscription, intent, call);
    },
    async createSubscription(subscription, call) {
      const base = { ...subscription, addons: [] };
      const intent: Intent = { action: 'Provision', changed: 'None' };
      return externalId(await postService('subscriptions/create', base, intent, call));
    },
    async setAddons(subscription, call) {
      // New add-ons are created, the others updated. Each call marks its add-ons as changed.
      for (const [endpoint, isNew] of [
        ['addons/create', true],
        ['addons/update', false],
      ] as const) {
        const marked = subscription.addons.map(addon => ({
          ...addon,
          change: addon.change && (addon.held === 0) === isNew,
        }));
        if (!marked.some(addon => addon.change)) continue;
        const intent: Intent = { action: 'None', changed: 'Provision' };
        await postService(endpoint, { ...subscription, addons: marked }, intent, call);
      }
      return undefined;
    },
    async cancelSubscription(subscription, call) {
      const intent: Intent = { action: 'Cancel', changed: 'Cancel', others: 'Cancel' };
      const result = await post('subscriptions/cancel', toService(subscription, intent), call);
      // A subscription that was never confirmed may not exist. A confirmed one must.
      const absent = result.Code === REFUSED.unknown && subscription.externalId === undefined;
      if (!absent) resultOf(result);
      return undefined;
    },
    async inspect(subscription, call) {
      // The contract has no read call. The pre-check of an update without changes serves as one.
      const intent: Intent = { action: 'None', changed: 'None', checkOnly: true };
      const result = await post('subscriptions/update', toService(subscription, intent), call);
      if (result.Code === REFUSED.unknown || result.Code === REFUSED.cancelled) return { live: false };
      resultOf(result);
      return { live: true };
    },
    async readCatalog(call) {
      return toCatalog(readBody(await send('GET', 'fields/servicedefinition', '', call)));
    },
    close: () => agent.destroy(),
  };
}

function resultOf(result: ResultDefinition): string | null {
  if (result.Code !== 0) throw fromRefusal(result.Code, result.Message ?? undefined);
  return result.Result;
}

/** Reads the external id of a success. Without one the outcome is unknown. */
function externalId(result: string | null): string {
  if (result === null) throw unreadableResponse('it names no external id');
  return result;
}
