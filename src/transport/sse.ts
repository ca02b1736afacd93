import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, execute, getOperationAST, OperationTypeNode } from 'graphql';
import { type Context, createContext } from '../services/context';
import { authenticate } from './authenticate';
import { REFUSED, refuse } from './graphql-http';
import { sseParams } from './sse-params';
import { masked } from './stream/execute';
import type { Live } from './stream/live';
import { type Operation, operationOf } from './stream/operation';
import { isOriginAllowed } from './stream/origin';
import { SseConnection } from './stream/sse-connection';
import { subscribe } from './stream/subscribe';

/**
 * Answers the graphql-sse protocol in its distinct-connections mode: one operation a request, its results as events.
 * Made here rather than by graphql-sse, whose server queues without a bound for a reader that does not read.
 */
export function graphqlOverSse(live: Live) {
  return async (request: IncomingMessage, response: ServerResponse, search: string): Promise<void> => {
    const { deps, config, connections } = live;
    if (!isOriginAllowed(request, config.allowedOrigins)) {
      return refuse(response, 403, 'BAD_REQUEST', 'Pages of this origin may not open a stream here.');
    }
    const authentication = await authenticate(deps, request.headers.authorization);
    if (authentication === 'rejected') return refuse(response, 401, 'UNAUTHENTICATED');
    const asked = await operationAsked(live, request, response, search);
    if (asked === REFUSED) return;

    const connection = new SseConnection(deps.actors, response);
    connections.add(connection);
    response.once('close', () => connections.remove(connection));
    if (authentication !== 'anonymous' && !connections.admit(connection, authentication)) {
      return refuse(response, 429, 'TOO_MANY_STREAMS');
    }
    connection.begin();
    const lastEventId = request.headers['last-event-id'];
    const result = Array.isArray(asked)
      ? { errors: asked }
      : await run(live, connection, asked as Operation, typeof lastEventId === 'string' ? lastEventId : '');
    await sendAll(connection, result);
  };
}

/** The operation; the errors of a document that is not valid, which are sent as a result; or refused. */
async function operationAsked(
  { schema, documents }: Live,
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
) {
  const params = await sseParams(request, response, search);
  if (params === REFUSED) return REFUSED;
  const known = documents.read(params.query);
  if (!('document' in known)) return known;
  const kind = getOperationAST(known.document, params.operationName)?.operation;
  if (kind === undefined) {
    refuse(response, 400, 'BAD_REQUEST', 'There is no such operation in the document.');
    return REFUSED;
  }
  if (kind === OperationTypeNode.MUTATION && request.method === 'GET') {
    response.setHeader('allow', 'POST');
    refuse(response, 405, 'BAD_REQUEST', 'A GET may not change anything.');
    return REFUSED;
  }
  return operationOf(schema, known, params);
}

async function run(
  { hub, deps }: Live,
  connection: SseConnection,
  operation: Operation,
  resumeAfter: string,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  const { schema, document, operationName, variableValues } = operation;
  const actor = connection.holder?.actor ?? null;
  const context: Context = createContext(deps, actor, randomUUID(), new AbortController().signal);
  if (resumeAfter) context.resumeAfter = resumeAfter;
  if (getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION) {
    return subscribe(hub, connection, operation, context, connection);
  }
  return masked(
    await execute({ schema, document, operationName, variableValues, contextValue: context }),
    context,
  );
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
