import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { Actor } from '../../policies';
import type { Deps } from '../../services/context';
import type { ThrottleStatus } from '../limits/buckets';
import type { Caller, Cost, Gate } from '../limits/gate';
import { AnswerCache, type CachedAnswer } from './answer-cache';
import type { PublicExecution, PublicResult } from './execution';

/** Headers are remembered for so many values of `Accept`. */
const MOST_ACCEPTED = 100;

/**
 * Answers that select public fields alone, past Apollo Server: kept bytes for whoever sends the same bytes and has the
 * same price list and roles, without a look into the document; else executed with nothing of the caller but the price
 * list. Whatever is unusual about a request, and the first one of each kind, is Apollo's; so is every refusal. Kept or
 * not, an answer costs its caller what it cost the first time.
 */
export class PublicAnswers {
  private readonly cache = new AnswerCache();
  /** The headers that Apollo answers with, by what the client accepts. */
  private readonly headers = new Map<string, CachedAnswer['headers']>();
  /** How many were sent from memory. */
  sent = 0;

  constructor(
    private readonly deps: Pick<Deps, 'catalog'>,
    private readonly gate: Gate,
    private readonly execution: PublicExecution,
  ) {}

  /** How many are kept. */
  get size(): number {
    return this.cache.size;
  }

  /** What a request is known by; undefined where its answer is never kept. */
  keyOf(request: IncomingMessage, actor: Actor | null, body: string): string | undefined {
    const { 'content-type': type, accept } = request.headers;
    if (request.method !== 'POST' || type === undefined) return undefined;
    const list = this.deps.catalog.current.priceList(actor?.priceListId ?? null);
    // Which documents are trusted is asked by role.
    const roles = actor ? actor.roles.join() : '';
    return `${list.id}\n${roles}\n${type}\n${accept ?? ''}\n${request.url}\n${body}`;
  }

  /** Sends what is kept under `key`, if there is something and the caller may have it. */
  sendKept(key: string | undefined, caller: Caller, response: ServerResponse): boolean {
    const answer = key && this.cache.find(this.deps.catalog.current, key);
    if (!answer) return false;
    const status = this.gate.chargeAgain(caller, answer.cost);
    if (!status) return false;
    this.sent += 1;
    writeBytes(answer, endOf(status), response);
    return true;
  }

  /** Executes `body`, sends what comes of it and keeps it; undefined where that is for Apollo to do. */
  async sendNew(
    key: string | undefined,
    { accept = '' }: IncomingMessage['headers'],
    body: unknown,
    caller: Caller,
    response: ServerResponse,
  ): Promise<PublicResult | undefined> {
    const headers = this.headers.get(accept);
    if (key === undefined || !headers) return undefined;
    const result = await this.execution.execute(body, caller);
    if (!result) return undefined;
    const { catalog, text, report } = result;
    const beginning = beginningOf(text, report);
    this.cache.keep(catalog, key, () => ({ headers, body: Buffer.from(beginning), cost: report }));
    writeText(headers, beginning + endOf(report.throttleStatus), response);
    return result;
  }

  /** Remembers how Apollo heads an answer for a client that accepts what this one does. */
  learn({ accept = '' }: IncomingMessage['headers'], { headers, status, body }: HTTPGraphQLResponse): void {
    const fits = status === undefined && body.kind === 'complete' && body.string.startsWith('{"data":{');
    if (!fits || this.headers.has(accept) || this.headers.size >= MOST_ACCEPTED) return;
    this.headers.set(accept, [...headers].filter(([name]) => name !== 'content-length').flat());
  }
}

/** The answer but for its end, which is how full the caller's bucket is by then. */
const beginningOf = (data: string, { requestedQueryCost, actualQueryCost }: Cost): string =>
  `{"data":${data},"extensions":{"cost":{"requestedQueryCost":${requestedQueryCost},"actualQueryCost":${actualQueryCost},"throttleStatus":`;

const endOf = (status: ThrottleStatus): string => `${JSON.stringify(status)}}}}`;

/** Both in one write, without a copy. */
function writeBytes({ headers, body }: CachedAnswer, end: string, response: ServerResponse): void {
  response.writeHead(200, [...headers, 'content-length', body.length + end.length]);
  response.cork();
  response.write(body);
  response.end(end);
}

/** Text whose letters are one byte each goes out as it is: made bytes first, it takes a fifth longer. */
function writeText(headers: readonly string[], text: string, response: ServerResponse): void {
  const length = Buffer.byteLength(text);
  response.writeHead(200, [...headers, 'content-length', length]);
  response.end(length === text.length ? text : Buffer.from(text), 'latin1');
}
