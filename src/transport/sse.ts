import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import { authenticate } from './authenticate';
import { clientAddress } from './client-address';
import { cors } from './cors';
import { REFUSED } from './graphql-http';
import { admit, type SentOperation } from './limits/admit';
import { refuse } from './refuse';
import { sseParams } from './sse-params';
import { answerOnce } from './stream/answer-once';
import { beginStream } from './stream/begin-stream';
import type { Live } from './stream/live';
import { definitionOf, type Operation, operationOf } from './stream/operation';
import { isOriginAllowed } from './stream/origin';
import { SseConnection } from './stream/sse-connection';

/**
 * Answers the graphql-sse protocol in its distinct-connections mode: one operation a request, its results as events.
 * Made here rather than by graphql-sse, whose server queues without a bound for a reader that does not read.
 */
export function graphqlOverSse(live: Live) {
  const { deps, config, connections } = live;
  const { allowedOrigins, trustedProxies } = config.security;
  return async (request: IncomingMessage, response: ServerResponse, search: string): Promise<void> => {
    if (cors(request, response, allowedOrigins)) return;
    if (!isOriginAllowed(request, allowedOrigins)) {
      return refuse(response, 403, 'BAD_REQUEST', 'Pages of this origin may not open a stream here.');
    }
    const authentication = await authenticate(deps, request.headers.authorization);
    if (authentication === 'rejected') return refuse(response, 401, 'UNAUTHENTICATED');
    const sent = await sseParams(request, response, search);
    if (sent === REFUSED) return;

    const connection = new SseConnection(deps.actors, clientAddress(request, trustedProxies), response);
    connections.add(connection);
    response.once('close', () => connections.remove(connection));
    if (authentication !== 'anonymous' && !connections.admit(connection, authentication)) {
      return refuse(response, 429, 'TOO_MANY_STREAMS');
    }
    await answer(live, connection, sent, request, response);
  };
}

/** Answers what is asked for with events, unless it is refused. */
async function answer(
  live: Live,
  connection: SseConnection,
  sent: SentOperation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const admitted = admit(live.gate, sent, connection.caller);
  if (!('kind' in admitted)) {
    connection.begin();
    return sendAll(connection, { errors: admitted });
  }
  if (!isAnswerable(admitted, sent, request, response)) return;
  connection.begin();
  const lastEventId = request.headers['last-event-id'];
  const resumeAfter = typeof lastEventId === 'string' ? lastEventId : '';
  return sendAll(
    connection,
    await run(live, connection, operationOf(live.schema, admitted, sent), resumeAfter),
  );
}

/** Whether the document has the operation, and the method may carry it; answers and says so where it has not. */
function isAnswerable(
  document: DocumentNode,
  { operationName }: SentOperation,
  { method }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const kind = getOperationAST(document, operationName)?.operation;
  if (kind === undefined) {
    refuse(response, 400, 'BAD_REQUEST', 'There is no such operation in the document.');
    return false;
  }
  if (kind === OperationTypeNode.MUTATION && method === 'GET') {
    response.setHeader('allow', 'POST');
    refuse(response, 405, 'BAD_REQUEST', 'A GET may not change anything.');
    return false;
  }
  return true;
}

function run(
  live: Live,
  connection: SseConnection,
  operation: Operation,
  resumeAfter: string,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  return definitionOf(operation)?.operation === OperationTypeNode.SUBSCRIPTION
    ? beginStream(live, 'sse', connection, operation, connection, resumeAfter)
    : answerOnce(live, 'sse', connection, operation);
}

async function sendAll(
  connection: SseConnection,
  result: ExecutionResult | AsyncIterable<ExecutionResult>,
): Promise<void> {
  if (Symbol.asyncIterator in result) {
    for await (const last of result) connection.result(last);
  } else {
    connection.result(result);
  }
  connection.complete();
}
