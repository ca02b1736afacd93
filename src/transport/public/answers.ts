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
import { compress, type Encoding, encodingFor, uncompressed } from '../compress';
import { graphqlRequest } from '../pipeline-plugin';
import { AnswerCache, type CachedAnswer, type EncodedBody } from './answer-cache';
import { isPlain } from './plain-request';

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
  ) {}

  /** Number of cached answers, for the metrics. */
  get size(): number {
    return this.cache.size;
  }

  /** Cache key of a request. Undefined if its answer is never cached. */
  keyOf(request: IncomingMessage, actor: Actor | null, body: string): string | undefined {
    const { 'content-type': type, accept } = request.headers;
    if (request.method !== 'POST' || type === undefined) return undefined;
    // Prices for an end customer are those of its reseller, which change without the catalog.
    if (actor && !seesAmounts(actor)) return undefined;
    const list = this.deps.catalog.current.priceList(actor?.priceListId ?? null);
    // Trusted documents depend on roles.
    const roles = actor ? actor.roles.join() : '';
    return `${list.id}\n${roles}\n${type}\n${accept ?? ''}\n${request.url}\n${body}`;
  }

  /** Sends the cached answer. False if there is none, or the caller's bucket does not hold its cost. */
  sendCached(
    key: string | undefined,
    headers: IncomingMessage['headers'],
    caller: Caller,
    response: ServerResponse,
  ): boolean {
    const answer = key && this.cache.find(this.deps.catalog.current, key);
    if (!answer || !this.pipeline.chargeCached(caller, answer.cost)) return false;
    this.cachedSent += 1;
    const encoding = encodingFor(headers['accept-encoding']);
    const encoded = answer.encoded[encoding] ?? encode(answer, encoding);
    if (encoded instanceof Promise)
      encoded.then(
        body => writeBytes(answer.headers, body, response),
        () => response.destroy(),
      );
    else writeBytes(answer.headers, encoded, response);
    return true;
  }

  /** Admits a request that `executeAndSend` can answer. Undefined, without a charge, for every other request. */
  admit(
    key: string | undefined,
    { accept = '' }: IncomingMessage['headers'],
    body: unknown,
    caller: Caller,
  ): AdmittedOperation | RequestRefusal | undefined {
    if (key === undefined || !this.headers.has(accept) || !isPlain(body)) return undefined;
    return this.pipeline.admitPublic(graphqlRequest(body, 'POST'), caller);
  }

  /**
   * Executes an admitted query, sends its answer and caches it. Undefined if Apollo Server must answer. Returns a promise only
   * for an answer that is compressed.
   */
  executeAndSend(
    key: string | undefined,
    request: IncomingMessage,
    admitted: AdmittedOperation | RequestRefusal | undefined,
    caller: Caller,
    response: ServerResponse,
  ): ExecutedQuery | Promise<ExecutedQuery> | undefined {
    if (key === undefined || !admitted || admitted instanceof RequestRefusal) return undefined;
    const startedAt = performance.now();
    const headers = this.headers.get(request.headers.accept ?? '') ?? [];
    const { current: catalog } = this.deps.catalog;
    const list = catalog.priceList(caller.actor?.priceListId ?? null);
    const written = this.pipeline.writePublic(admitted, catalog, list);
    if (!written) return undefined;
    const { cost, bytes } = written;
    this.cache.store(catalog, key, () => ({ headers, source: written.withoutCost(), encoded: {}, cost }));
    const executed = { cost, operationName: admitted.plan.name, startedAt };
    const encoding = encodingFor(request.headers['accept-encoding']);
    const send = (body: EncodedBody): ExecutedQuery => {
      writeBytes(headers, body, response);
      if (isWritten(response)) written.release();
      return executed;
    };
    return encoding === 'identity' ? send(uncompressed(bytes)) : compress(bytes, encoding).then(send);
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
    this.headers.set(accept, [...headers].filter(([name]) => name !== 'content-length').flat());
  }
}

/** Compresses a cached answer. Concurrent requests share the compression. */
function encode(answer: CachedAnswer, encoding: Encoding): Promise<EncodedBody> {
  const pending = compress(answer.source, encoding);
  answer.encoded[encoding] = pending;
  pending.then(
    encoded => {
      answer.encoded[encoding] = encoded;
    },
    () => {
      delete answer.encoded[encoding];
    },
  );
  return pending;
}

function writeBytes(
  headers: readonly string[],
  { body, headers: more }: EncodedBody,
  response: ServerResponse,
): void {
  response.writeHead(200, [...headers, ...more, 'content-length', String(body.length)]);
  response.end(body);
}

/** Whether the system has taken all bytes of a response. Node references the buffers of others until it has. */
const isWritten = ({ socket }: ServerResponse): boolean => socket?.writableLength === 0;
