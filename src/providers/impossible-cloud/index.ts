import http from 'node:http';
import { fromInterruption, fromRefusal, unreadableResponse } from '../classify';
import { createAgent } from '../http/agent';
import { exchange } from '../http/exchange';
import { Interrupted } from '../http/interrupted';
import type { Provider, ProviderAccounts, ProviderCall, ProviderSubscription } from '../port';
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
 * The refusals of an id that the provider does not know, and of a subscription that has ended. Codes are the vendor's own
 * and Impossible Cloud publishes none: these are what the simulator says. From a vendor that says it otherwise, they are
 * refusals like any other, which stop.
 */
const REFUSED = { unknown: -4, cancelled: -6 } as const;

/** How to reach a service manager. `baseUrl` has the path prefix; `timeoutMs` is the deadline of one call. */
export interface ImpossibleCloudSettings {
  baseUrl: string;
  applicationId: string;
  apiKey: string;
  timeoutMs: number;
  /** Connections, and so calls in flight, at once; more wait, and their waiting counts against the deadline. */
  maxSockets: number;
}

/** What this provider has of the port: accounts, a pre-check, and every answer at once. */
export interface ImpossibleCloud extends Provider {
  accounts: ProviderAccounts;
  precheck(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string>;
}

/**
 * The provider, reached over HTTP by the service-manager contract; `close` ends its connections. Throws TypeError for
 * settings that can't make a request: a base URL that is none, a key that no header can carry.
 */
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

  async function service(
    endpoint: Endpoint,
    subscription: ProviderSubscription,
    intent: Intent,
    call: ProviderCall,
  ): Promise<string | null> {
    return accepted(await post(endpoint, toService(subscription, intent), call));
  }

  return {
    accounts: {
      async find(account, call) {
        const result = await post('accounts/exists', toAccount(account), call);
        // Here 0 means "does not exist" and 1 "exists": an answer, not an error.
        return result.Code === 1 ? externalId(result.Result) : void accepted(result);
      },
      async synchronize(account, call) {
        return externalId(accepted(await post('accounts/synchronize', toAccount(account), call)));
      },
    },
    async precheck(subscription, call) {
      const intent: Intent = { action: 'Provision', changed: 'Provision', checkOnly: true };
      await service('subscriptions/create', subscription, intent, call);
    },
    async createSubscription(subscription, call) {
      const base = { ...subscription, addons: [] };
      const intent: Intent = { action: 'Provision', changed: 'None' };
      return externalId(await service('subscriptions/create', base, intent, call));
    },
    async setAddons(subscription, call) {
      // What is new to the subscription is created, the rest updated; a call is about the add-ons that it marks.
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
        await service(endpoint, { ...subscription, addons: marked }, intent, call);
      }
      return undefined;
    },
    async cancelSubscription(subscription, call) {
      const intent: Intent = { action: 'Cancel', changed: 'Cancel', others: 'Cancel' };
      const result = await post('subscriptions/cancel', toService(subscription, intent), call);
      // Never confirmed and not there: it has not begun. What was confirmed must not be missing.
      const absent = result.Code === REFUSED.unknown && subscription.externalId === undefined;
      if (!absent) accepted(result);
      return undefined;
    },
    async inspect(subscription, call) {
      // The contract has no question for this: the pre-check of an update that changes nothing is one.
      const intent: Intent = { action: 'None', changed: 'None', checkOnly: true };
      const result = await post('subscriptions/update', toService(subscription, intent), call);
      if (result.Code === REFUSED.unknown || result.Code === REFUSED.cancelled) return { live: false };
      accepted(result);
      return { live: true };
    },
    async readCatalog(call) {
      return toCatalog(readBody(await send('GET', 'fields/servicedefinition', '', call)));
    },
    close: () => agent.destroy(),
  };
}

function accepted(result: ResultDefinition): string | null {
  if (result.Code !== 0) throw fromRefusal(result.Code, result.Message ?? undefined);
  return result.Result;
}

/** A success that does not say which record it is about leaves us as ignorant as no answer. */
function externalId(result: string | null): string {
  if (result === null) throw unreadableResponse('it names no external id');
  return result;
}
