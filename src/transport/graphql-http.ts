import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { SecurityConfig } from '../config';
import type { Caller, Pipeline } from '../graphql';
import { createContext, type Dependencies } from '../services/context';
import { acquireSlot } from './acquire-slot';
import { compress, encodingFor, varyOf } from './compress';
import { cors } from './cors';
import { startDeadline } from './deadline';
import { type RawRequest, resolveDocumentId } from './document-id';
import type { GatewayResponse } from './gateway-response';
import { type HttpCaller, identifyCaller } from './identify-caller';
import type { TransportLimits } from './limits';
import { inRequestSpans, setStatus } from './observe/http-spans';
import type { Observer } from './observe/observer';
import type { HttpContext } from './pipeline-plugin';
import type { AnswerKey } from './public/answer-cache';
import type { ExecutedQuery, PublicAnswers } from './public/answers';
import { isCacheableMethod } from './public/http-caching';
import { type Fail, parseJson, readRequest } from './read-request';
import { HttpRefusal } from './refuse';

/** Services that answer requests over HTTP. */
export interface HttpServices {
  apollo: ApolloServer<HttpContext>;
  deps: Dependencies;
  pipeline: Pipeline;
  answers: PublicAnswers;
  security: SecurityConfig;
  limits: TransportLimits;
  observer: Observer;
  /** Path that a browser is redirected to when it opens `/graphql`. */
  playgroundPath: string;
}

/** Answers GraphQL over HTTP, as the GraphQL-over-HTTP specification describes it. */
export function graphqlOverHttp(parts: HttpServices) {
  const { deps, answers, security, limits, observer } = parts;

  const answer = (
    request: IncomingMessage,
    response: GatewayResponse,
    sent: { bytes: Buffer; search: string },
    caller: HttpCaller,
  ): Promise<void> | undefined => {
    const key = answers.keyOf(request, caller.actor, sent.bytes);
    if (!answers.sendCached(key, request, caller, response)) {
      return executeNew(parts, request, response, sent, caller, key);
    }
    observer.recordCached(deps.log, response.requestId, caller);
    return undefined;
  };

  return (request: IncomingMessage, response: GatewayResponse, search: string, fail: Fail) => {
    if (cors(request, response, security.allowedOrigins)) return;
    if (isBrowserNavigation(request, search)) return redirect(response, parts.playgroundPath);
    const respond = (bytes: Buffer): Promise<void> | undefined => {
      const caller = identifyCaller(request, acquireSlot(limits, request, response), deps, security);
      const sent = { bytes, search };
      // Without a promise: a cached answer to an anonymous caller needs no asynchronous step.
      if (!(caller instanceof Promise)) return answer(request, response, sent, caller);
      return caller.then(known => answer(request, response, sent, known));
    };
    readRequest(request, limits, respond, fail);
  };
}

/** Without a promise for a public answer that is not compressed: it needs no asynchronous step. */
function executeNew(
  parts: HttpServices,
  request: IncomingMessage,
  response: GatewayResponse,
  { bytes, search }: { bytes: Buffer; search: string },
  caller: HttpCaller,
  key: AnswerKey | undefined,
): Promise<void> | undefined {
  const { deps, pipeline, answers, observer } = parts;
  const sent = resolveDocumentId({ body: parseJson(request, bytes), search }, pipeline);
  const admitted = answers.admit(key, request, sent, caller);
  const record = (executed: ExecutedQuery) =>
    observer.recordPublic(deps.log, response.requestId, caller, executed);
  const executed = answers.executeAndSend(key, request, admitted, caller, response);
  if (!executed) return execute(parts, request, response, sent, caller, admitted);
  if (executed instanceof Promise) return executed.then(record);
  record(executed);
  return undefined;
}

async function execute(
  { apollo, deps, security, answers }: HttpServices,
  request: IncomingMessage,
  response: GatewayResponse,
  sent: RawRequest,
  caller: Caller,
  admission: HttpContext['admission'],
): Promise<void> {
  const { requestId } = response;
  const deadline = startDeadline(response, security.requestTimeoutMs);
  const context: HttpContext = Object.assign(
    createContext(deps, caller.actor, requestId, deadline.signal, caller.address),
    { admission, caller, outcome: { isPublicGet: false } },
  );
  const executing = () =>
    apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: isCacheableMethod(request) ? 'GET' : (request.method ?? ''),
        headers: headersOf(request),
        ...sent,
      },
      context: async () => context,
    });
  const answer = await inRequestSpans(request, requestId, async (answering, span) => {
    const given = await deadline.within(answering(executing));
    setStatus(span, given ? (given.status ?? 200) : 504);
    return given;
  });
  if (!answer) throw new HttpRefusal(504, 'OPERATION_TIMEOUT');
  const { headers, status = 200, body } = answer;
  if (context.outcome.isPublicGet && status === 200 && body.kind === 'complete') {
    await answers.sendPublic(request, response, { headers, text: body.string }, caller);
  } else {
    await send(request, response, answer);
  }
  answers.rememberHeaders(request.headers, answer);
}

/** Whether a browser navigates to `/graphql`. */
function isBrowserNavigation({ method, headers }: IncomingMessage, search: string): boolean {
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
  if (isCacheableMethod(request)) response.setHeader('cache-control', 'no-store');
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    const encoding = encodingFor(request.headers['accept-encoding']);
    const source = Buffer.from(body.string);
    const { body: bytes, headers: encoded } = await compress(source, encoding);
    const more = [...encoded, ...varyOf(source.length)];
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
