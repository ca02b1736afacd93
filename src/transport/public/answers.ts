import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import { type AdmittedOperation, type Caller, type CostReport, type Pipeline, Refusal } from '../../graphql';
import type { Actor } from '../../policies';
import type { Dependencies } from '../../services/context';
import { graphqlRequest } from '../apollo-plugin';
import { compress, type Encoding, encodingFor, isLong } from '../compress';
import { AnswerCache, type CachedAnswer, type Encoded } from './answer-cache';
import { isPlain } from './plain-request';

/** Values of `Accept` whose headers are remembered. */
const MOST_ACCEPTED = 100;

/** A public answer that was executed. */
export interface PublicResult {
  cost: CostReport;
  operationName: string | undefined;
  /** By `performance.now()`. */
  startedAt: number;
}

/**
 * Answers to queries of the public catalog, past Apollo Server. The same bytes are sent again to callers that send the same
 * request and have the same price list and roles; they carry no `extensions.cost`, and cost what the first answer cost.
 * Apollo Server answers the first request of each kind, everything unusual, and every refusal.
 */
export class PublicAnswers {
  private readonly cache = new AnswerCache();
  /** Headers of Apollo Server's answers by `Accept`. */
  private readonly headers = new Map<string, CachedAnswer['headers']>();
  /** Kept answers that were sent, for the metrics. */
  sent = 0;

  constructor(
    private readonly deps: Pick<Dependencies, 'catalog'>,
    private readonly pipeline: Pipeline,
  ) {}

  /** Number of kept answers. */
  get size(): number {
    return this.cache.size;
  }

  /** Key of a request; undefined if its answer is never kept. */
  keyOf(request: IncomingMessage, actor: Actor | null, body: string): string | undefined {
    const { 'content-type': type, accept } = request.headers;
    if (request.method !== 'POST' || type === undefined) return undefined;
    const list = this.deps.catalog.current.priceList(actor?.priceListId ?? null);
    // Trusted documents are a matter of roles.
    const roles = actor ? actor.roles.join() : '';
    return `${list.id}\n${roles}\n${type}\n${accept ?? ''}\n${request.url}\n${body}`;
  }

  /** Sends the answer that is kept under `key`, if there is one and the caller's bucket holds its cost. */
  sendKept(
    key: string | undefined,
    headers: IncomingMessage['headers'],
    caller: Caller,
    response: ServerResponse,
  ): boolean {
    const answer = key && this.cache.find(this.deps.catalog.current, key);
    if (!answer || !this.pipeline.chargeAgain(caller, answer.cost)) return false;
    this.sent += 1;
    const encoding = encodingFor(headers['accept-encoding']);
    const encoded = answer.encoded[encoding] ?? encode(answer, encoding);
    if (encoded instanceof Promise)
      encoded.then(
        made => writeBytes(answer.headers, made, response),
        () => response.destroy(),
      );
    else writeBytes(answer.headers, encoded, response);
    return true;
  }

  /** Admits a request that it can answer; undefined, with nothing charged, for every other one. */
  admit(
    key: string | undefined,
    { accept = '' }: IncomingMessage['headers'],
    body: unknown,
    caller: Caller,
  ): AdmittedOperation | Refusal | undefined {
    if (key === undefined || !this.headers.has(accept) || !isPlain(body)) return undefined;
    return this.pipeline.admitPublic(graphqlRequest(body, 'POST'), caller);
  }

  /** Executes an admitted query, sends its answer and keeps it; undefined if Apollo Server has to answer. */
  async sendNew(
    key: string | undefined,
    request: IncomingMessage,
    admitted: AdmittedOperation | Refusal | undefined,
    caller: Caller,
    response: ServerResponse,
  ): Promise<PublicResult | undefined> {
    if (key === undefined || !admitted || admitted instanceof Refusal) return undefined;
    const startedAt = performance.now();
    const headers = this.headers.get(request.headers.accept ?? '') ?? [];
    const { current: catalog } = this.deps.catalog;
    const list = catalog.priceList(caller.actor?.priceListId ?? null);
    const written = await this.pipeline.writePublic(admitted, catalog, list);
    if (!written) return undefined;
    const { text, cost } = written;
    this.cache.keep(catalog, key, () => ({
      headers,
      source: Buffer.from(`{"data":${text}}`),
      encoded: {},
      cost,
    }));
    const answer = `{"data":${text},"extensions":{"cost":${JSON.stringify(cost)}}}`;
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (encoding === 'identity') writeText(headers, answer, response);
    else writeBytes(headers, await compress(Buffer.from(answer), encoding), response);
    return { cost, operationName: admitted.plan.name, startedAt };
  }

  /** Remembers the headers of an answer of Apollo Server for clients with the same `Accept`. */
  learn({ accept = '' }: IncomingMessage['headers'], { headers, status, body }: HTTPGraphQLResponse): void {
    const fits = status === undefined && body.kind === 'complete' && body.string.startsWith('{"data":{');
    if (!fits || this.headers.has(accept)) return;
    const [oldest] = this.headers.keys();
    if (oldest !== undefined && this.headers.size >= MOST_ACCEPTED) this.headers.delete(oldest);
    this.headers.set(accept, [...headers].filter(([name]) => name !== 'content-length').flat());
  }
}

/** Compresses a kept answer, once for all who ask for it meanwhile. */
function encode(answer: CachedAnswer, encoding: Encoding): Promise<Encoded> {
  const making = compress(answer.source, encoding);
  answer.encoded[encoding] = making;
  making.then(
    made => {
      answer.encoded[encoding] = made;
    },
    () => {
      delete answer.encoded[encoding];
    },
  );
  return making;
}

function writeBytes(
  headers: readonly string[],
  { body, headers: more }: Encoded,
  response: ServerResponse,
): void {
  response.writeHead(200, [...headers, ...more, 'content-length', String(body.length)]);
  response.end(body);
}

/** Writes text. Text of one byte a character is written as it is: converted first, it takes a fifth longer. */
function writeText(headers: readonly string[], text: string, response: ServerResponse): void {
  const length = Buffer.byteLength(text);
  const vary = isLong(length) ? ['vary', 'Accept-Encoding'] : [];
  response.writeHead(200, [...headers, ...vary, 'content-length', String(length)]);
  response.end(length === text.length ? text : Buffer.from(text), 'latin1');
}
