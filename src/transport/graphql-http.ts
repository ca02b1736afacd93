import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { SecurityConfig } from '../config';
import { type Context, createContext, type Deps } from '../services/context';
import { authenticate } from './authenticate';
import { BodyTooLarge, readBody } from './body';
import { clientAddress } from './client-address';
import { startDeadline } from './deadline';
import { resolveDocumentId } from './document-id';
import { frontDoor } from './front-door';
import type { Gate } from './limits/gate';
import { refuse } from './refuse';

/** Answers GraphQL over HTTP, as the GraphQL-over-HTTP specification has it. */
export function graphqlOverHttp(
  apollo: ApolloServer<Context>,
  deps: Deps,
  gate: Gate,
  security: SecurityConfig,
) {
  const passes = frontDoor(security);
  return async (request: IncomingMessage, response: ServerResponse, search: string): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    if (!passes(request, response)) return;
    const authentication = await authenticate(deps, request.headers.authorization);
    if (authentication === 'rejected') return refuse(response, 401, 'UNAUTHENTICATED');
    const body = await parsedBody(request, response);
    if (body === REFUSED) return;
    const sent = resolveDocumentId({ body, search }, gate);
    if (!sent) return refuse(response, 400, 'DOCUMENT_NOT_FOUND');

    const deadline = startDeadline(response, security.requestTimeoutMs);
    const address = clientAddress(request, security.trustedProxies);
    const actor = authentication === 'anonymous' ? null : authentication.actor;
    const context = createContext(deps, actor, requestId, deadline.signal, address);
    const answering = apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        ...sent,
      },
      context: async () => context,
    });
    const answer = await deadline.within(answering);
    if (!answer) return refuse(response, 504, 'OPERATION_TIMEOUT');
    await send(response, answer);
  };
}

async function send(response: ServerResponse, { headers, status, body }: HTTPGraphQLResponse): Promise<void> {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    response.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

/** The request has been answered already. */
export const REFUSED = Symbol('refused');

/** The body of a POST, or `REFUSED`. */
export async function parsedBody(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  try {
    const text = await readBody(request);
    // Apollo refuses other types of content by itself.
    return /^application\/(?:\w+\+)?json\b/i.test(request.headers['content-type'] ?? '')
      ? JSON.parse(text)
      : {};
  } catch (error) {
    if (error instanceof BodyTooLarge) refuse(response, 413, 'BAD_REQUEST', error.message);
    else refuse(response, 400, 'BAD_REQUEST', 'The body is not JSON.');
    return REFUSED;
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
