import http from 'node:http';
import https from 'node:https';
import { readResult } from './answer';
import { fromInterruption, fromRefusal, unreadable } from './classify';
import { exchange } from './exchange';
import { Interrupted } from './interrupted';
import type { Provider, ProviderCall, ProviderSubscription } from './port';
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
 * The refusal of an id that the provider does not know. Codes are the vendor's own and Impossible Cloud publishes none:
 * this is what the simulator says. From a vendor that says it otherwise, it is a refusal like any other, which stops.
 */
const NO_SUCH_SUBSCRIPTION = -4;

/** How to reach a service manager. `baseUrl` has the path prefix; `timeoutMs` is the deadline of one call. */
export interface ImpossibleCloudSettings {
  baseUrl: string;
  applicationId: string;
  apiKey: string;
  timeoutMs: number;
  /** Connections, and so calls in flight, at once; more wait, and their waiting counts against the deadline. */
  maxSockets: number;
}

/**
 * The provider, reached over HTTP by the service-manager contract; `close` ends its connections. Throws TypeError for
 * settings that can't make a request: a base URL that is none, a key that no header can carry.
 */
export function createImpossibleCloud(settings: ImpossibleCloudSettings): Provider & { close(): void } {
  const base = new URL(settings.baseUrl.endsWith('/') ? settings.baseUrl : `${settings.baseUrl}/`);
  http.validateHeaderValue(HEADERS.applicationId, settings.applicationId);
  http.validateHeaderValue(HEADERS.apiKey, settings.apiKey);
  const Agent = base.protocol === 'https:' ? https.Agent : http.Agent;
  const agent = new Agent({ keepAlive: true, maxSockets: settings.maxSockets, scheduling: 'lifo' });

  async function post(
    endpoint: Endpoint,
    body: AccountDefinition | ServiceDefinition,
    call: ProviderCall,
  ): Promise<ResultDefinition> {
    const answer = await exchange({
      url: new URL(endpoint, base),
      agent,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        Accept: 'application/json',
        [HEADERS.applicationId]: settings.applicationId,
        [HEADERS.apiKey]: settings.apiKey,
        [HEADERS.trackId]: call.trackId,
      },
      body: JSON.stringify(body),
      timeoutMs: settings.timeoutMs,
      signal: call.signal,
    }).catch((error: unknown) => {
      throw error instanceof Interrupted ? fromInterruption(error) : error;
    });
    return readResult(answer);
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
    async precheck(subscription, call) {
      const intent: Intent = { action: 'Provision', changed: 'Provision', checkOnly: true };
      await service('subscriptions/create', subscription, intent, call);
    },
    async findAccount(account, call) {
      const result = await post('accounts/exists', toAccount(account), call);
      // Here 0 means "does not exist" and 1 "exists": an answer, not an error.
      return result.Code === 1 ? externalId(result.Result) : void accepted(result);
    },
    async synchronizeAccount(account, call) {
      return externalId(accepted(await post('accounts/synchronize', toAccount(account), call)));
    },
    async createSubscription(subscription, call) {
      const base = { ...subscription, addons: [] };
      const intent: Intent = { action: 'Provision', changed: 'None' };
      return externalId(await service('subscriptions/create', base, intent, call));
    },
    async createAddons(subscription, call) {
      await service('addons/create', subscription, { action: 'None', changed: 'Provision' }, call);
    },
    async updateAddons(subscription, call) {
      await service('addons/update', subscription, { action: 'None', changed: 'Provision' }, call);
    },
    async cancelSubscription(subscription, call) {
      const intent: Intent = { action: 'Cancel', changed: 'Cancel', others: 'Cancel' };
      const result = await post('subscriptions/cancel', toService(subscription, intent), call);
      // Never confirmed and not there: it has not begun. What was confirmed must not be missing.
      const absent = result.Code === NO_SUCH_SUBSCRIPTION && subscription.externalId === undefined;
      if (!absent) accepted(result);
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
  if (result === null) throw unreadable('it names no external id');
  return result;
}
