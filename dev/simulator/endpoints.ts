import type { z } from 'zod';
import type { Endpoint } from '../../src/providers/impossible-cloud/wire';
import { exists, remove, synchronize } from './accounts';
import { cancelAddons, createAddons, updateAddons } from './addons';
import type { Call } from './call';
import { serviceDefinition } from './definition';
import { settingsForm, syncOptions, validateSettings } from './fields';
import { Refusal } from './refusal';
import {
  type AccountRequest,
  accountSchema,
  fieldsSchema,
  type ServiceRequest,
  serviceSchema,
} from './requests';
import type { Context } from './results';
import { activate, cancel, changeProduct, create, suspend, update } from './subscriptions';

/** Parsed request: its properties for faults and counters, and its work, which can be repeated. */
export interface PreparedCall {
  call: Call;
  /** Does the work and returns the result. Throws Refusal. */
  work: (context: Context) => unknown;
}

/** Endpoint: its method, and the parser of its body. `prepare` throws ZodError for an invalid body. */
export interface EndpointHandler {
  method: 'GET' | 'POST';
  prepare: (body: unknown, endpoint: Endpoint) => PreparedCall;
}

/** Every endpoint of the contract. */
export const HANDLERS: Record<Endpoint, EndpointHandler> = {
  'accounts/exists': account(exists),
  'accounts/synchronize': account(synchronize),
  'accounts/delete': account(remove),
  'accounts/syncoptions': setup(syncOptions),
  'subscriptions/create': service(create, 'Provision'),
  'subscriptions/update': service(update, 'None'),
  'subscriptions/upgradedowngrade': service(changeProduct, 'Upgrade', 'Downgrade'),
  'subscriptions/cancel': service(cancel, 'Cancel'),
  'subscriptions/suspend': service(suspend, 'Suspend'),
  'subscriptions/activate': service(activate, 'Activate'),
  'addons/create': service(createAddons, 'None'),
  'addons/update': service(updateAddons, 'None'),
  'addons/cancel': service(cancelAddons, 'None'),
  'fields/get': setup(settingsForm),
  'fields/servicedefinition': setup(serviceDefinition),
  'fields/validate': {
    method: 'POST',
    prepare: (body, endpoint) => prepared(fieldsSchema, body, validateSettings, () => bare(endpoint)),
  },
};

function account(handle: (request: AccountRequest, context: Context) => object): EndpointHandler {
  const describe = (endpoint: Endpoint) => (it: AccountRequest) => ({
    ...bare(endpoint),
    subject: it.Email.toLowerCase(),
    recipient: [it.Name, it.Email],
    names: [it.Name],
  });
  return {
    method: 'POST',
    prepare: (body, endpoint) => prepared(accountSchema, body, handle, describe(endpoint)),
  };
}

/** Endpoint of a subscription. Rejects a request with another action than `actions`. */
function service(
  handle: (request: ServiceRequest, context: Context) => object,
  ...actions: ServiceRequest['ActionType'][]
): EndpointHandler {
  const checked = (request: ServiceRequest, context: Context) => {
    if (actions.includes(request.ActionType)) return handle(request, context);
    throw new Refusal('wrongAction', `The action must be ${actions.join(' or ')}, not ${request.ActionType}`);
  };
  const describe = (endpoint: Endpoint) => (it: ServiceRequest) => ({
    endpoint,
    checkOnly: it.CheckOnly,
    subject: it.SubscriptionID,
    recipient: [it.Account.Name, it.Account.Email],
    names: [it.Account.Name, it.Name],
  });
  return {
    method: 'POST',
    prepare: (body, endpoint) => prepared(serviceSchema, body, checked, describe(endpoint)),
  };
}

function setup(answer: () => object): EndpointHandler {
  return { method: 'GET', prepare: (_, endpoint) => ({ call: bare(endpoint), work: answer }) };
}

function prepared<T>(
  schema: z.ZodType<T>,
  body: unknown,
  handle: (request: T, context: Context) => object,
  describe: (request: T) => Call,
): PreparedCall {
  const request = schema.parse(body);
  return { call: describe(request), work: context => handle(request, context) };
}

function bare(endpoint: Endpoint): Call {
  return { endpoint, checkOnly: false, subject: undefined, recipient: [], names: [] };
}
