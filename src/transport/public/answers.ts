import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import {
  type AdmittedOperation,
  type Caller,
  type CostReport,
  type Pipeline,
  RequestRefusal,
} from '../../graphql';
import { type Actor, seesAmounts } from '../../policies';
import type { Dependencies } from '../../services/context';
import { type Encoding, encodingFor, varyOf } from '../compress';
import type { RawRequest } from '../document-id';
import type { GatewayResponse } from '../gateway-response';
import { graphqlRequest } from '../pipeline-plugin';
import { AnswerCache, type AnswerKey, type CachedAnswer } from './answer-cache';
import { cachingHeaders, isCacheableMethod } from './http-caching';
import { isPlain, plainFromSearch } from './plain-request';
import { type AnswerHeaders, type PreparedAnswer, prepareAnswer, sendAnswer } from './prepared-answer';

/** Maximum `Accept` headers whose response headers are cached. */
const MAX_ACCEPT_HEADERS = 100;

/** Public query that was executed. */
export interface ExecutedQuery {
  cost: CostReport;
  operationName: string | undefined;
  /** In milliseconds of `performance.now()`. */
  startedAt: number;
}

/**
 * Answers queries of the public catalog without Apollo Server. Caches answers as bytes, by request, price list and roles. A
 * cached answer has no `extensions.cost`, and is charged like the first one. Apollo Server answers the first request of
 * each `Accept` header, unusual requests, and every refusal.
 */
export class PublicAnswers {
  private readonly cache = new AnswerCache();
  /** Response headers of Apollo Server by `Accept`. */
  private readonly headers = new Map<string, CachedAnswer['headers']>();
  /** Number of cached answers sent, for the metrics. */
  cachedSent = 0;

  constructor(
    private readonly deps: Pick<Dependencies, 'catalog'>,
    private readonly pipeline: Pipeline,
    /** Seconds for which HTTP caches store an answer without revalidating it. */
    private readonly maxAge: number,
  ) {}

  /** Number of cached answers, for the metrics. */
  get size(): number {
    return this.cache.size;
  }

  /** Cache key of a request. Undefined if its answer is never cached. */
  keyOf(request: IncomingMessage, actor: Actor | null, body: Buffer): AnswerKey | undefined {
    const { 'content-type': type = '', accept = '' } = request.headers;
    const isGet = isCacheableMethod(request);
    if (!isGet && (request.method !== 'POST' || type === '')) return undefined;
    // Prices for an end customer are those of its reseller, which change without the catalog.
    if (actor && !seesAmounts(actor)) return undefined;
    const list = this.deps.catalog.current.priceList(actor?.priceListId ?? null);
    // Trusted documents depend on roles, and only answers without a role are shared by HTTP caches.
    const caller = actor ? `${list.id} ${actor.roles.join()}` : list.id;
    return { scope: `${caller}\n${isGet ? 'GET' : `POST ${type}`}\n${accept}\n${request.url}`, body };
  }

  /** Sends the cached answer. False if there is none, or the caller's bucket does not hold its cost. */
  sendCached(
    key: AnswerKey | undefined,
    request: IncomingMessage,
    caller: Caller,
    response: GatewayResponse,
  ): boolean {
    const answer = key && this.cache.find(this.deps.catalog.current, key);
    if (!answer || !this.pipeline.chargeCached(caller, answer.cost)) return false;
    this.cachedSent += 1;
    const encoding = encodingFor(request.headers['accept-encoding']);
    const encoded = answer.encoded[encoding] ?? encode(answer, encoding, response);
    if (encoded instanceof Promise)
      encoded.then(
        prepared => sendAnswer(request, response, prepared),
        () => response.destroy(),
      );
    else sendAnswer(request, response, encoded);
    return true;
  }

  /** Admits a request that `executeAndSend` can answer. Undefined, without a charge, for every other request. */
  admit(
    key: AnswerKey | undefined,
    request: IncomingMessage,
    { body, search }: RawRequest,
    caller: Caller,
  ): AdmittedOperation | RequestRefusal | undefined {
    if (key === undefined || !this.headers.has(request.headers.accept ?? '')) return undefined;
    const isGet = isCacheableMethod(request);
    const plain = isGet ? plainFromSearch(search) : body;
    if (!isPlain(plain)) return undefined;
    return this.pipeline.admitPublic(graphqlRequest(plain, isGet ? 'GET' : 'POST'), caller);
  }

  /**
   * Executes an admitted query, sends its answer and caches it. Undefined if Apollo Server must answer. Returns a promise only
   * for an answer that is compressed or that HTTP caches store.
   */
  executeAndSend(
    key: AnswerKey | undefined,
    request: IncomingMessage,
    admitted: AdmittedOperation | RequestRefusal | undefined,
    caller: Caller,
    response: GatewayResponse,
  ): ExecutedQuery | Promise<ExecutedQuery> | undefined {
    if (key === undefined || !admitted || admitted instanceof RequestRefusal) return undefined;
    const startedAt = performance.now();
    const headers = this.headers.get(request.headers.accept ?? '') ?? [];
    const { current: catalog } = this.deps.catalog;
    const list = catalog.priceList(caller.actor?.priceListId ?? null);
    const written = this.pipeline.writePublic(admitted, catalog, list);
    if (!written) return undefined;
    const { cost, bytes } = written;
    const caching = this.cachingFor(request, caller);
    const make = () => ({ headers, caching, source: written.withoutCost(), encoded: {}, cost });
    this.cache.store(catalog, key, make);
    const executed = { cost, operationName: admitted.plan.name, startedAt };
    const encoding = encodingFor(request.headers['accept-encoding']);
    const release = () => {
      if (isWritten(response)) written.release();
    };
    if (!caching && encoding === 'identity') {
      writeBytes(headers, bytes, response);
      release();
      return executed;
    }
    // An answer that HTTP caches store is the same for every client, so it reports no cost.
    const source = caching ? written.withoutCost() : bytes;
    return prepareAnswer({ headers, caching }, source, encoding, response).then(answer => {
      sendAnswer(request, response, answer);
      release();
      return executed;
    });
  }

  /** Sends an answer of Apollo Server to a public query. */
  async sendPublic(
    request: IncomingMessage,
    response: GatewayResponse,
    answer: { headers: Iterable<[string, string]>; text: string },
    caller: Caller,
  ): Promise<void> {
    const headers: AnswerHeaders = {
      headers: withoutLength(answer.headers),
      caching: this.cachingFor(request, caller),
    };
    const encoding = encodingFor(request.headers['accept-encoding']);
    sendAnswer(request, response, await prepareAnswer(headers, Buffer.from(answer.text), encoding, response));
  }

  private cachingFor(request: IncomingMessage, { actor }: Caller): readonly string[] | undefined {
    return isCacheableMethod(request) ? cachingHeaders(actor, this.maxAge) : undefined;
  }

  /** Caches the response headers of Apollo Server for clients with the same `Accept`. */
  rememberHeaders(
    { accept = '' }: IncomingMessage['headers'],
    { headers, status, body }: HTTPGraphQLResponse,
  ): void {
    const fits = status === undefined && body.kind === 'complete' && body.string.startsWith('{"data":{');
    if (!fits || this.headers.has(accept)) return;
    const [oldest] = this.headers.keys();
    if (oldest !== undefined && this.headers.size >= MAX_ACCEPT_HEADERS) this.headers.delete(oldest);
    this.headers.set(accept, withoutLength(headers));
  }
}

const withoutLength = (headers: Iterable<[string, string]>): readonly string[] =>
  [...headers].filter(([name]) => name !== 'content-length').flat();

/** Prepares a cached answer in an encoding. Concurrent requests share the compression. */
function encode(
  answer: CachedAnswer,
  encoding: Encoding,
  response: GatewayResponse,
): Promise<PreparedAnswer> {
  const pending = prepareAnswer(answer, answer.source, encoding, response);
  answer.encoded[encoding] = pending;
  pending.then(
    prepared => {
      answer.encoded[encoding] = prepared;
    },
    () => {
      delete answer.encoded[encoding];
    },
  );
  return pending;
}

function writeBytes(headers: readonly string[], body: Buffer, response: ServerResponse): void {
  response.writeHead(200, [...headers, ...varyOf(body.length), 'content-length', String(body.length)]);
  response.end(body);
}

/** Whether the system has taken all bytes of a response. Node references the buffers of others until it has. */
const isWritten = ({ socket }: ServerResponse): boolean => socket?.writableLength === 0;
