import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import { type RequestErrorCode, requestErrors } from '../errors';
import { type Context, createContext, type Deps } from '../services/context';
import { authenticate } from './authenticate';
import { BodyTooLarge, readBody } from './body';

/** Answers GraphQL over HTTP, as the GraphQL-over-HTTP specification has it. */
export function graphqlOverHttp(apollo: ApolloServer<Context>, deps: Deps) {
  return async (request: IncomingMessage, response: ServerResponse, search: string): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    const authentication = await authenticate(deps, request.headers.authorization);
    if (authentication === 'rejected') return refuse(response, 401, 'UNAUTHENTICATED');
    const body = await parsedBody(request, response);
    if (body === REFUSED) return;

    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const actor = authentication === 'anonymous' ? null : authentication.actor;
    const context = createContext(deps, actor, requestId, gone.signal);
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search,
        body,
      },
      context: async () => context,
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'complete') {
      response.end(answer.body.string);
      return;
    }
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  };
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

/** Answers a request that never becomes a GraphQL request, in the shape of one all the same. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: RequestErrorCode,
  message: string = requestErrors[code],
): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
