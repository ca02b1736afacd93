import http from 'node:http';
import type { AccountField } from '../account-fields';
import { fromInterruption, fromRefusal, unreadableResponse } from '../classify';
import { createAgent } from '../http/agent';
import { exchange } from '../http/exchange';
import { Interrupted } from '../http/interrupted';
import type { ChangeDirection, Provider, ProviderAccounts, ProviderCall } from '../port';
import type { ProviderSubscription } from '../subscription';
import { type AddonRequest, addonRequests, singleAddons } from './addons';
import { readBody, readResult } from './answer';
import { toCatalog } from './catalog';
import { REFUSED } from './refusals';
import { toAccount } from './to-account';
import { type Intent, toService } from './to-service';
import {
  type AccountDefinition,
  type ActionType,
  type Endpoint,
  HEADERS,
  type ResultDefinition,
  type ServiceDefinition,
} from './wire';

/** Fields that service managers refuse an account without, with the codes -12 to -19 (domain.md 5.4). */
const NEEDED: readonly AccountField[] = [
  'name',
  'email',
  'billing.addressLine1',
  'billing.country',
  'billing.city',
  'billing.postalCode',
];

const DIRECTIONS: Record<ChangeDirection, ActionType> = { UPGRADE: 'Upgrade', DOWNGRADE: 'Downgrade' };

/** Connection to a service manager. `baseUrl` includes the path prefix; `timeoutMs` is the deadline of one call. */
export interface ImpossibleCloudSettings {
  baseUrl: string;
  applicationId: string;
  apiKey: string;
  timeoutMs: number;
  /** Maximum number of connections, and so of calls in flight. The deadline includes the wait for a connection. */
  maxSockets: number;
}

/** Methods of the port that this provider has: accounts, a pre-check and suspension. Its calls are synchronous. */
export interface ImpossibleCloud extends Provider {
  accounts: ProviderAccounts;
  precheck(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string>;
  suspendSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<undefined>;
  resumeSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<undefined>;
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

  /** Sends a change of the subscription itself, which leaves its add-ons as they are. */
  async function act(
    endpoint: Endpoint,
    action: ActionType,
    subscription: ProviderSubscription,
    call: ProviderCall,
  ): Promise<undefined> {
    await postService(endpoint, subscription, { action, changed: 'None' }, call);
  }

  /** Sets add-ons whose totals at the provider are not those that we know: one by one, by the endpoint that it accepts. */
  async function setSingly(request: AddonRequest, subscription: ProviderSubscription, call: ProviderCall) {
    for (const addons of singleAddons(request)) {
      const body = toService({ ...subscription, addons }, request.intent);
      const updated = await post('addons/update', body, call);
      const isAbsent = updated.Code === REFUSED.addonAbsent;
      resultOf(isAbsent ? await post('addons/create', body, call) : updated);
    }
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
      // The contract has no idempotency key (domain.md 5.5). Each endpoint sets a total, so a call is repeated from its first
      // request: creating an add-on that is there with the total and cancelling one that is not there succeed.
      for (const request of addonRequests(subscription.addons)) {
        const body = toService({ ...subscription, addons: request.addons }, request.intent);
        const result = await post(request.endpoint, body, call);
        const isHeldOtherwise = result.Code === REFUSED.addonPresent || result.Code === REFUSED.addonAbsent;
        if (isHeldOtherwise) await setSingly(request, subscription, call);
        else resultOf(result);
      }
      return undefined;
    },
    async changeProduct(subscription, direction, call) {
      const endpoint = 'subscriptions/upgradedowngrade';
      if (direction) return act(endpoint, DIRECTIONS[direction], subscription, call);
      // The contract names the product of a subscription nowhere, so its size cannot be compared.
      const body = toService(subscription, { action: 'Upgrade', changed: 'None' });
      const upgraded = await post(endpoint, body, call);
      if (upgraded.Code === REFUSED.wrongDirection) return act(endpoint, 'Downgrade', subscription, call);
      resultOf(upgraded);
      return undefined;
    },
    suspendSubscription: (subscription, call) => act('subscriptions/suspend', 'Suspend', subscription, call),
    resumeSubscription: (subscription, call) => act('subscriptions/activate', 'Activate', subscription, call),
    async cancelSubscription(subscription, call) {
      const intent: Intent = { action: 'Cancel', changed: 'Cancel', others: 'Cancel' };
      const result = await post('subscriptions/cancel', toService(subscription, intent), call);
      // A subscription that was never confirmed may not exist. A confirmed one must.
      const absent = result.Code === REFUSED.unknown && subscription.externalId === undefined;
      if (!absent) resultOf(result);
      return undefined;
    },
    async inspect(subscription, call) {
      // The contract has no read call. The pre-check of an update without changes serves as one: it is refused while the
      // subscription is suspended, and with another product, which the refusal does not name. Add-ons are never reported.
      const intent: Intent = { action: 'None', changed: 'None', checkOnly: true };
      const result = await post('subscriptions/update', toService(subscription, intent), call);
      if (result.Code === REFUSED.unknown || result.Code === REFUSED.cancelled) return { live: false };
      if (result.Code === REFUSED.suspended) return { live: true, suspended: true };
      if (result.Code === REFUSED.differs) return { live: true, suspended: false, productId: null };
      resultOf(result);
      return { live: true, suspended: false, productId: subscription.productId };
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
