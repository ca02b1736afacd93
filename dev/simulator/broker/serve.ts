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
  type ChangeRequest,
  changeSchema,
  deprovision,
  fetchInstance,
  lastOperation,
  provision,
  update,
} from './instances';
import { brokerCatalog } from './plans';
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
  const body = parsed(endpoint, await readJson(request));
  if (changes && url.searchParams.get('accepts_incomplete') !== 'true') {
    return sendJson(response, 422, { error: 'AsyncRequired', description: 'It takes time' });
  }
  const known = instance === undefined ? undefined : service.store.instances.get(instance)?.recipient;
  const names = [body?.context?.account.name ?? known ?? '', body?.context?.instance_name ?? ''];
  const recipient = [names[0] ?? '', body?.context?.account.email ?? ''];
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
    act: fault => act(endpoint, body, { store, id: instance ?? '', workMs, trackId, fault }),
    refuse: ({ message }: Fault) => ({ status: 422, body: { error: 'Refused', description: message } }),
  });
}

function act(endpoint: BrokerEndpoint, body: ChangeRequest | undefined, asked: ChangeContext): Reply {
  finishDue(asked.store);
  if (body && endpoint === 'broker/provision') return provision(body, asked);
  if (body && endpoint === 'broker/update') return update(body, asked);
  if (endpoint === 'broker/deprovision') return deprovision(asked);
  if (endpoint === 'broker/last_operation') return lastOperation(asked.store, asked.id);
  if (endpoint === 'broker/fetch') return fetchInstance(asked.store, asked.id);
  return { status: 200, body: brokerCatalog() };
}

function parsed(endpoint: BrokerEndpoint, body: unknown): ChangeRequest | undefined {
  if (endpoint !== 'broker/provision' && endpoint !== 'broker/update') return undefined;
  try {
    return changeSchema.parse(body);
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
