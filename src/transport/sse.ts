import type { IncomingMessage, ServerResponse } from 'node:http';
import { OperationTypeNode } from 'graphql';
import { type AdmittedOperation, type Answer, RequestRefusal } from '../graphql';
import { acquireSlot, onClose } from './acquire-slot';
import { cors } from './cors';
import type { GatewayResponse } from './gateway-response';
import { type HttpCaller, identifyCaller } from './identify-caller';
import type { Slot } from './limits';
import { isOriginAllowed } from './origin';
import { type Fail, readRequest } from './read-request';
import { HttpRefusal } from './refuse';
import { expectEvents, sseParams } from './sse-params';
import { executeOnce } from './stream/execute-once';
import { SseConnection } from './stream/sse-connection';
import { startStream } from './stream/start-stream';
import type { StreamServices } from './stream/stream-services';

const { MUTATION, QUERY, SUBSCRIPTION } = OperationTypeNode;
const WITH_GET = new Set([QUERY, SUBSCRIPTION]);
const WITH_POST = new Set([QUERY, SUBSCRIPTION, MUTATION]);

/**
 * Serves the graphql-sse protocol in distinct connections mode: one operation per request, its results as events. The
 * server of graphql-sse is not used, because it buffers without a bound for a slow consumer.
 */
export function graphqlOverSse(streams: StreamServices) {
  const { deps, config, limits } = streams;
  const { allowedOrigins } = config.security;

  const answer = async (
    request: IncomingMessage,
    response: GatewayResponse,
    search: string,
    body: Buffer,
  ): Promise<void> => {
    const slot = acquireSlot(limits, request, response);
    const caller = await identifyCaller(request, slot, deps, config.security);
    const sent = sseParams(request, body, search);
    const connection = openConnection(streams, caller, request, response);
    const accepts = request.method === 'GET' ? WITH_GET : WITH_POST;
    const admitted = await streams.pipeline.admit({ ...sent, accepts }, connection.caller);
    if (admitted instanceof RequestRefusal) return sendRefused(connection, admitted);
    connection.writeHead();
    const lastEventId = request.headers['last-event-id'];
    const resumeAfter = typeof lastEventId === 'string' ? lastEventId : '';
    return sendAll(connection, await run(streams, connection, admitted, slot, resumeAfter));
  };

  return (request: IncomingMessage, response: GatewayResponse, search: string, fail: Fail): void => {
    if (cors(request, response, allowedOrigins)) return;
    if (!isOriginAllowed(request, allowedOrigins)) {
      throw new HttpRefusal(403, 'BAD_REQUEST', 'Pages of this origin may not open a stream here.');
    }
    expectEvents(request);
    readRequest(request, limits, body => answer(request, response, search, body), fail);
  };
}

function openConnection(
  { deps, connections }: StreamServices,
  { address, authentication }: HttpCaller,
  request: IncomingMessage,
  response: ServerResponse,
): SseConnection {
  const connection = new SseConnection(deps.actors, address, response);
  connections.add(connection);
  onClose(request, response, () => connections.remove(connection));
  if (authentication !== 'anonymous' && !connections.admit(connection, authentication)) {
    throw new HttpRefusal(429, 'TOO_MANY_STREAMS');
  }
  return connection;
}

/** Sends a refusal as an event, or as a status if the HTTP method does not fit the operation. */
function sendRefused(connection: SseConnection, { errors, status }: RequestRefusal): Promise<void> {
  if (status === 405) throw new HttpRefusal(405, 'BAD_REQUEST', errors[0]?.message, { allow: 'POST' });
  connection.writeHead();
  return sendAll(connection, { errors });
}

function run(
  streams: StreamServices,
  connection: SseConnection,
  admitted: AdmittedOperation,
  slot: Slot,
  resumeAfter: string,
): Promise<Answer | AsyncIterable<Answer>> {
  return admitted.plan.kind === SUBSCRIPTION
    ? startStream(streams, 'sse', connection, admitted, slot, connection, resumeAfter)
    : executeOnce(streams, 'sse', connection, admitted);
}

async function sendAll(connection: SseConnection, result: Answer | AsyncIterable<Answer>): Promise<void> {
  if (Symbol.asyncIterator in result) {
    for await (const last of result) connection.sendResult(last);
  } else {
    connection.sendResult(result);
  }
  connection.complete();
}
