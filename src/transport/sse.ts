import type { IncomingMessage, ServerResponse } from 'node:http';
import { OperationTypeNode } from 'graphql';
import { type AdmittedOperation, type Answer, Refusal } from '../graphql';
import { callerOf, type HttpCaller } from './caller';
import { cors } from './cors';
import type { Slot } from './door';
import { enter, untilAnswered } from './enter';
import { isOriginAllowed } from './origin';
import { type Fail, whenRead } from './read-request';
import { HttpRefusal } from './refuse';
import { expectEvents, sseParams } from './sse-params';
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
  const { deps, config, door } = live;
  const { allowedOrigins } = config.security;

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    search: string,
    text: string,
  ): Promise<void> => {
    const slot = enter(door, request, response);
    const caller = await callerOf(request, slot, deps, config.security);
    const sent = sseParams(request, text, search);
    const connection = connectionOf(live, caller, request, response);
    const accepts = request.method === 'GET' ? WITH_GET : WITH_POST;
    const admitted = await live.pipeline.admit({ ...sent, accepts }, connection.caller);
    if (admitted instanceof Refusal) return sendRefused(connection, admitted);
    connection.begin();
    const lastEventId = request.headers['last-event-id'];
    const resumeAfter = typeof lastEventId === 'string' ? lastEventId : '';
    return sendAll(connection, await run(live, connection, admitted, slot, resumeAfter));
  };

  return (request: IncomingMessage, response: ServerResponse, search: string, fail: Fail): void => {
    if (cors(request, response, allowedOrigins)) return;
    if (!isOriginAllowed(request, allowedOrigins)) {
      throw new HttpRefusal(403, 'BAD_REQUEST', 'Pages of this origin may not open a stream here.');
    }
    expectEvents(request);
    whenRead(request, door, text => answer(request, response, search, text), fail);
  };
}

function connectionOf(
  { deps, connections }: Live,
  { address, authentication }: HttpCaller,
  request: IncomingMessage,
  response: ServerResponse,
): SseConnection {
  const connection = new SseConnection(deps.actors, address, response);
  connections.add(connection);
  untilAnswered(request, response, () => connections.remove(connection));
  if (authentication !== 'anonymous' && !connections.admit(connection, authentication)) {
    throw new HttpRefusal(429, 'TOO_MANY_STREAMS');
  }
  return connection;
}

/** A refused operation is answered with an event, and a method that cannot carry it with a status. */
function sendRefused(connection: SseConnection, { errors, status }: Refusal): Promise<void> {
  if (status === 405) throw new HttpRefusal(405, 'BAD_REQUEST', errors[0]?.message, { allow: 'POST' });
  connection.begin();
  return sendAll(connection, { errors });
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
    : answerOnce(live, 'sse', connection, admitted);
}

async function sendAll(connection: SseConnection, result: Answer | AsyncIterable<Answer>): Promise<void> {
  if (Symbol.asyncIterator in result) {
    for await (const last of result) connection.result(last);
  } else {
    connection.result(result);
  }
  connection.complete();
}
