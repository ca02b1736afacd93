import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { HEADERS } from '../../../src/providers/open-service-broker/wire';
import type { Call } from '../call';
import type { Fault } from '../faults';
import { HttpError, readJson, sendJson } from '../http';
import { validationMessage } from '../requests';
import type { Reply } from '../respond';
import { answerCall, type SimulatorService } from '../serve-call';
import { BROKER_PATH, type BrokerEndpoint, endpointOf } from './endpoints';
import {
  type ChangeContext,
  deprovision,
  fetchInstance,
  lastOperation,
  provision,
  update,
} from './instances';
import { brokerCatalog } from './plans';
import { type ProvisionRequest, provisionSchema, updateSchema } from './requests';
import { finishDue } from './work';

/** Serves one request of the Open Service Broker API. Throws HttpError for an invalid request. */
export async function serveBroker(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  service: SimulatorService,
): Promise<void> {
  const found = endpointOf(request.method ?? '', url.pathname.slice(BROKER_PATH.length));
  if (!found) throw new HttpError(404, `There is no ${request.method} ${url.pathname}`);
  checkHeaders(request, service);
  const { endpoint, instance } = found;
  const changes = endpoint !== 'broker/catalog' && request.method !== 'GET';
  const prepared = prepare(endpoint, await readJson(request));
  const context = prepared?.context;
  if (changes && url.searchParams.get('accepts_incomplete') !== 'true') {
    return sendJson(response, 422, { error: 'AsyncRequired', description: 'It takes time' });
  }
  const known = instance === undefined ? undefined : service.store.instances.get(instance)?.recipient;
  const names = [context?.account.name ?? known ?? '', context?.instance_name ?? ''];
  const recipient = [names[0] ?? '', context?.account.email ?? ''];
  const call: Call = {
    endpoint,
    checkOnly: false,
    subject: changes ? instance : undefined,
    recipient,
    names,
  };
  const trackId = String(request.headers[HEADERS.requestIdentity.toLowerCase()] ?? '');
  const { store, workMs } = service;
  await answerCall(response, call, service, {
    act: fault => {
      finishDue(store);
      const asked = { store, id: instance ?? '', workMs, trackId, fault };
      return prepared?.change(asked) ?? act(endpoint, asked, url.searchParams.get('plan_id'));
    },
    refuse: ({ message }: Fault) => ({ status: 422, body: { error: 'Refused', description: message } }),
  });
}

function act(endpoint: BrokerEndpoint, asked: ChangeContext, plan: string | null): Reply {
  if (endpoint === 'broker/deprovision') return deprovision(asked);
  if (endpoint === 'broker/last_operation') return lastOperation(asked.store, asked.id, plan);
  if (endpoint === 'broker/fetch') return fetchInstance(asked.store, asked.id);
  return { status: 200, body: brokerCatalog() };
}

/** Change with a body, and the context of its account. */
interface PreparedChange {
  context: ProvisionRequest['context'];
  change: (asked: ChangeContext) => Reply;
}

function prepare(endpoint: BrokerEndpoint, body: unknown): PreparedChange | undefined {
  try {
    if (endpoint === 'broker/provision') {
      const request = provisionSchema.parse(body);
      return { context: request.context, change: asked => provision(request, asked) };
    }
    if (endpoint !== 'broker/update') return undefined;
    const request = updateSchema.parse(body);
    return { context: request.context, change: asked => update(request, asked) };
  } catch (error) {
    throw error instanceof ZodError ? new HttpError(400, validationMessage(error)) : error;
  }
}

function checkHeaders({ headers }: IncomingMessage, { applicationId, apiKey }: SimulatorService): void {
  const expected = Buffer.from(`${applicationId}:${apiKey}`).toString('base64');
  if (headers.authorization !== `Basic ${expected}`) throw new HttpError(401, 'Unknown user or password');
  if (!headers[HEADERS.version.toLowerCase()]?.includes('2.')) {
    throw new HttpError(412, `${HEADERS.version} 2.x is required`);
  }
}
