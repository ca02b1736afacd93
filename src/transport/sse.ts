import type { IncomingMessage, ServerResponse } from 'node:http';
import { OperationTypeNode } from 'graphql';
import { type AdmittedOperation, type Answer, Refusal } from '../graphql';
import { callerOf } from './caller';
import { cors } from './cors';
import type { Slot } from './door';
import { enter } from './enter';
import { isOriginAllowed } from './origin';
import { REFUSED, textOf } from './read-request';
import { refuse } from './refuse';
import { refuseNoEvents, sseParams } from './sse-params';
import { answerOnce } from './stream/answer-once';
import { beginStream } from './stream/begin-stream';
import type { Live } from './stream/live';
import { SseConnection } from './stream/sse-connection';

const { MUTATION, QUERY, SUBSCRIPTION } = OperationTypeNode;
const WITH_GET = new Set([QUERY, SUBSCRIPTION]);
const WITH_POST = new Set([QUERY, SUBSCRIPTION, MUTATION]);

/**
 * Speaks the graphql-sse protocol in its distinct connections mode: one operation for each request, its results as
 * events. The server of graphql-sse is not used, because it queues without a bound for a slow reader.
 */
export function graphqlOverSse(live: Live) {
  const { deps, config, connections, door } = live;
  const { allowedOrigins } = config.security;
  return async (request: IncomingMessage, response: ServerResponse, search: string): Promise<void> => {
    if (cors(request, response, allowedOrigins)) return;
    if (!isOriginAllowed(request, allowedOrigins)) {
      return refuse(response, 403, 'BAD_REQUEST', 'Pages of this origin may not open a stream here.');
    }
    if (refuseNoEvents(request, response)) return;
    const text = await textOf(request, response, door);
    if (text === REFUSED) return;
    const slot = enter(door, response);
    if (!slot) return;
    const caller = await callerOf(request, response, deps, config.security);
    if (caller === REFUSED) return;
    if (!slot.identify(caller.bucket)) return refuse(response, 503, 'OVERLOADED');
    const sent = sseParams(request, response, text, search);
    if (sent === REFUSED) return;

    const connection = new SseConnection(deps.actors, caller.address, response);
    connections.add(connection);
    response.once('close', () => connections.remove(connection));
    const { authentication } = caller;
    if (authentication !== 'anonymous' && !connections.admit(connection, authentication)) {
      return refuse(response, 429, 'TOO_MANY_STREAMS');
    }
    const accepts = request.method === 'GET' ? WITH_GET : WITH_POST;
    const admitted = await live.pipeline.admit({ ...sent, accepts }, connection.caller);
    if (admitted instanceof Refusal && admitted.status === 405) return refuseMethod(response, admitted);
    connection.begin();
    if (admitted instanceof Refusal) return sendAll(connection, { errors: admitted.errors });
    const lastEventId = request.headers['last-event-id'];
    const resumeAfter = typeof lastEventId === 'string' ? lastEventId : '';
    return sendAll(connection, await run(live, connection, admitted, slot, resumeAfter));
  };
}

function refuseMethod(response: ServerResponse, { errors: [first] }: Refusal): void {
  response.setHeader('allow', 'POST');
  refuse(response, 405, 'BAD_REQUEST', first?.message);
}

function run(
  live: Live,
  connection: SseConnection,
  admitted: AdmittedOperation,
  slot: Slot,
  resumeAfter: string,
): Promise<Answer | AsyncIterable<Answer>> {
  return admitted.plan.kind === SUBSCRIPTION
    ? beginStream(live, 'sse', connection, admitted, slot, connection, resumeAfter)
    : answerOnce(live, 'sse', connection, admitted, slot);
}

async function sendAll(connection: SseConnection, result: Answer | AsyncIterable<Answer>): Promise<void> {
  if (Symbol.asyncIterator in result) {
    for await (const last of result) connection.result(last);
  } else {
    connection.result(result);
  }
  connection.complete();
}
