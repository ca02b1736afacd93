import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { type RequestErrorCode, requestErrors } from '../errors';
import { type Context, createContext, type Deps } from '../services/context';
import { authenticate } from './authenticate';
import { BodyTooLarge, readBody } from './body';
import type { PublicAnswers } from './public-answers';

/** Answers GraphQL over HTTP, as the GraphQL-over-HTTP specification has it. */
export function graphqlOverHttp(apollo: ApolloServer<Context>, deps: Deps, answers: PublicAnswers) {
  return async (request: IncomingMessage, response: ServerResponse, search: string): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    const authentication = await authenticate(deps, request.headers.authorization);
    if (authentication === 'rejected') return refuse(response, 401, 'UNAUTHENTICATED');
    const actor = authentication === 'anonymous' ? null : authentication.actor;
    const text = await bodyOf(request, response);
    if (text === REFUSED) return;
    const key = answers.keyOf(request, actor, text);
    if (answers.send(key, response)) return;
    const body = parsed(request, response, text);
    if (body === REFUSED) return;

    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
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
    await send(response, answer);
    if (answer.body.kind === 'complete') answers.keep(key, context, answer.headers, answer.body.string);
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

/** The text of a POST, or `REFUSED`. */
async function bodyOf(request: IncomingMessage, response: ServerResponse): Promise<string | typeof REFUSED> {
  if (request.method !== 'POST') return '';
  try {
    return await readBody(request);
  } catch (error) {
    if (error instanceof BodyTooLarge) refuse(response, 413, 'BAD_REQUEST', error.message);
    else refuse(response, 400, 'BAD_REQUEST', 'The body could not be read.');
    return REFUSED;
  }
}

function parsed(request: IncomingMessage, response: ServerResponse, text: string): unknown {
  if (request.method !== 'POST') return undefined;
  // Apollo refuses other types of content by itself.
  if (!/^application\/(?:\w+\+)?json\b/i.test(request.headers['content-type'] ?? '')) return {};
  try {
    return JSON.parse(text);
  } catch {
    refuse(response, 400, 'BAD_REQUEST', 'The body is not JSON.');
    return REFUSED;
  }
}

/** The body of a POST, or `REFUSED`. */
export async function parsedBody(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const text = await bodyOf(request, response);
  return text === REFUSED ? REFUSED : parsed(request, response, text);
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
