import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { SecurityConfig } from '../config';
import type { Actor } from '../policies';
import { type Context, createContext, type Deps } from '../services/context';
import { type Authenticated, authenticate } from './authenticate';
import { BodyTooLarge, readBody } from './body';
import { clientAddress } from './client-address';
import { startDeadline } from './deadline';
import { resolveDocumentId, type Sent } from './document-id';
import { frontDoor } from './front-door';
import type { GatewayResponse } from './gateway-response';
import type { InFlight } from './in-flight';
import type { Caller, Gate } from './limits/gate';
import { inRequestSpans, setStatus } from './observe/http-spans';
import type { Observer } from './observe/observer';
import type { PublicAnswers } from './public/answers';
import { refuse } from './refuse';

/** Answers GraphQL over HTTP, as the GraphQL-over-HTTP specification has it. */
export function graphqlOverHttp(
  apollo: ApolloServer<Context>,
  deps: Deps,
  gate: Gate,
  answers: PublicAnswers,
  security: SecurityConfig,
  inFlight: InFlight,
  observer: Observer,
) {
  const passes = frontDoor(security, inFlight);

  const execute = async (
    request: IncomingMessage,
    response: ServerResponse,
    sent: Sent,
    caller: Caller,
    requestId: string,
  ) => {
    const deadline = startDeadline(response, security.requestTimeoutMs);
    const context = createContext(deps, caller.actor, requestId, deadline.signal, caller.address);
    const executing = () =>
      apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method ?? 'GET', headers: headersOf(request), ...sent },
        context: async () => context,
      });
    return inRequestSpans(request, requestId, async (answering, span) => {
      const given = await deadline.within(answering(executing));
      setStatus(span, given ? (given.status ?? 200) : 504);
      return given;
    });
  };

  /** What the client asks; undefined when that is refused already. */
  const sentIn = (
    request: IncomingMessage,
    response: ServerResponse,
    text: string,
    search: string,
  ): Sent | undefined => {
    const body = parsed(request, response, text);
    if (body === REFUSED) return undefined;
    const sent = resolveDocumentId({ body, search }, gate);
    if (!sent) refuse(response, 400, 'DOCUMENT_NOT_FOUND');
    return sent;
  };

  return async (request: IncomingMessage, response: GatewayResponse, search: string): Promise<void> => {
    const { requestId } = response;
    if (!passes(request, response)) return;
    const authentication = await authenticate(deps, request.headers.authorization);
    if (authentication === 'rejected') return refuse(response, 401, 'UNAUTHENTICATED');
    const caller = {
      actor: actorOf(authentication),
      address: clientAddress(request, security.trustedProxies),
    };
    const text = await bodyOf(request, response);
    if (text === REFUSED) return;
    const key = answers.keyOf(request, caller.actor, text);
    if (answers.sendKept(key, caller, response)) return observer.tellKept(deps.log, requestId, caller);
    const sent = sentIn(request, response, text, search);
    if (!sent) return;
    const executed = await answers.sendNew(key, request.headers, sent.body, caller, response);
    if (executed) return observer.tellPublic(deps.log, requestId, caller, executed);

    const answer = await execute(request, response, sent, caller, requestId);
    if (!answer) return refuse(response, 504, 'OPERATION_TIMEOUT');
    await send(response, answer);
    answers.learn(request.headers, answer);
  };
}

const actorOf = (authentication: Authenticated | 'anonymous'): Actor | null =>
  authentication === 'anonymous' ? null : authentication.actor;

async function send(response: ServerResponse, { headers, status, body }: HTTPGraphQLResponse): Promise<void> {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    // As bytes: a long text is written several times as slowly.
    response.end(Buffer.from(body.string));
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
