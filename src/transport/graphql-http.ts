import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { SecurityConfig } from '../config';
import type { Caller, Pipeline } from '../graphql';
import { createContext, type Dependencies } from '../services/context';
import type { HttpContext } from './apollo-plugin';
import { callerOf, type HttpCaller } from './caller';
import { compress, encodingFor } from './compress';
import { cors } from './cors';
import { startDeadline } from './deadline';
import { resolveDocumentId, type Sent } from './document-id';
import type { FrontDoor } from './door';
import { enter } from './enter';
import type { GatewayResponse } from './gateway-response';
import { inRequestSpans, setStatus } from './observe/http-spans';
import type { Observer } from './observe/observer';
import type { PublicAnswers } from './public/answers';
import { type Fail, parseJson, whenRead } from './read-request';
import { HttpRefusal } from './refuse';

/** Parts that requests over HTTP are answered with. */
export interface HttpParts {
  apollo: ApolloServer<HttpContext>;
  deps: Dependencies;
  pipeline: Pipeline;
  answers: PublicAnswers;
  security: SecurityConfig;
  door: FrontDoor;
  observer: Observer;
  /** Path that a browser is sent to when it opens the address of the graph. */
  page: string;
}

/** Answers GraphQL over HTTP, as the GraphQL-over-HTTP specification describes it. */
export function graphqlOverHttp(parts: HttpParts) {
  const { deps, answers, security, door, observer } = parts;

  const answer = (
    request: IncomingMessage,
    response: GatewayResponse,
    sent: { text: string; search: string },
    caller: HttpCaller,
  ): Promise<void> | undefined => {
    const key = answers.keyOf(request, caller.actor, sent.text);
    if (!answers.sendKept(key, request.headers, caller, response)) {
      return answerNew(parts, request, response, sent, caller, key);
    }
    observer.tellKept(deps.log, response.requestId, caller);
    return undefined;
  };

  return (request: IncomingMessage, response: GatewayResponse, search: string, fail: Fail) => {
    if (cors(request, response, security.allowedOrigins)) return;
    if (opensPage(request, search)) return redirect(response, parts.page);
    const use = (text: string): Promise<void> | undefined => {
      const caller = callerOf(request, enter(door, request, response), deps, security);
      const sent = { text, search };
      // A kept answer to somebody unknown waits for nothing.
      if (!(caller instanceof Promise)) return answer(request, response, sent, caller);
      return caller.then(known => answer(request, response, sent, known));
    };
    whenRead(request, door, use, fail);
  };
}

async function answerNew(
  parts: HttpParts,
  request: IncomingMessage,
  response: GatewayResponse,
  { text, search }: { text: string; search: string },
  caller: HttpCaller,
  key: string | undefined,
): Promise<void> {
  const { deps, pipeline, answers, observer } = parts;
  const sent = resolveDocumentId({ body: parseJson(request, text), search }, pipeline);
  const admitted = answers.admit(key, request.headers, sent.body, caller);
  const executed = await answers.sendNew(key, request, admitted, caller, response);
  if (executed) return observer.tellPublic(deps.log, response.requestId, caller, executed);
  return execute(parts, request, response, sent, caller, admitted);
}

async function execute(
  { apollo, deps, security, answers }: HttpParts,
  request: IncomingMessage,
  response: GatewayResponse,
  sent: Sent,
  caller: Caller,
  admission: HttpContext['admission'],
): Promise<void> {
  const { requestId } = response;
  const deadline = startDeadline(response, security.requestTimeoutMs);
  const context: HttpContext = Object.assign(
    createContext(deps, caller.actor, requestId, deadline.signal, caller.address),
    { admission, caller },
  );
  const executing = () =>
    apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'GET', headers: headersOf(request), ...sent },
      context: async () => context,
    });
  const answer = await inRequestSpans(request, requestId, async (answering, span) => {
    const given = await deadline.within(answering(executing));
    setStatus(span, given ? (given.status ?? 200) : 504);
    return given;
  });
  if (!answer) throw new HttpRefusal(504, 'OPERATION_TIMEOUT');
  await send(request, response, answer);
  answers.learn(request.headers, answer);
}

/** A person has opened the address of the graph in a browser. */
function opensPage({ method, headers }: IncomingMessage, search: string): boolean {
  return method === 'GET' && search === '' && /\btext\/html\b/.test(headers.accept ?? '');
}

function redirect(response: ServerResponse, page: string): void {
  response.writeHead(303, ['location', page, 'cache-control', 'no-store']);
  response.end();
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { headers, status, body }: HTTPGraphQLResponse,
): Promise<void> {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    const encoding = encodingFor(request.headers['accept-encoding']);
    const { body: bytes, headers: more } = await compress(Buffer.from(body.string), encoding);
    for (let at = 0; at < more.length; at += 2) response.appendHeader(more[at] ?? '', more[at + 1] ?? '');
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
    return;
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
