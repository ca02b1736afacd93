import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { Actor } from '../policies';
import type { Context, Deps } from '../services/context';
import { AnswerCache, type CachedAnswer } from './answer-cache';
import type { Caller, Cost, Gate } from './limits/gate';
import type { OnPublic } from './public-documents';

/**
 * Answers that are sent again without a look into the document: the bytes of one that selected public fields alone, to
 * whoever sends the same bytes and has the same price list and roles. What else an answer depends on is part of the key,
 * so a request that is refused (another type of content, a body that is too large, a token that is not valid) never gets
 * here. It costs its caller what it cost the first time; who cannot pay is refused as without it.
 */
export class PublicAnswers {
  private readonly cache = new AnswerCache();
  /** How many were sent from memory. */
  sent = 0;
  /** By the signal of the request, for Apollo executes with a copy of the context. */
  private readonly made = new WeakMap<AbortSignal, object>();

  constructor(
    private readonly deps: Pick<Deps, 'catalog'>,
    private readonly gate: Gate,
  ) {}

  /** Told by the execution that the answer to `context` is public. */
  readonly onPublic: OnPublic = (context, catalog) => {
    this.made.set(context.signal, catalog);
  };

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
  send(key: string | undefined, caller: Caller, response: ServerResponse): boolean {
    const answer = key && this.cache.find(this.deps.catalog.current, key);
    if (!answer) return false;
    const report = this.gate.chargeAgain(caller, answer.cost);
    if (!report) return false;
    this.sent += 1;
    const rest = Buffer.from(`,"extensions":{"cost":${JSON.stringify(report)}}}`);
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.setHeader('content-length', answer.body.length + rest.length);
    // Both in one write, without a copy.
    response.cork();
    response.write(answer.body);
    response.end(rest);
    return true;
  }

  /** Keeps an answer if it is public. */
  keep(key: string | undefined, context: Context, { headers, body }: HTTPGraphQLResponse): void {
    const catalog = this.made.get(context.signal);
    if (key === undefined || catalog === undefined || body.kind !== 'complete') return;
    this.cache.keep(catalog, key, () => toKeep(headers, body.string));
  }
}

/** An answer without what is said about its cost, which is the caller's own affair. */
function toKeep(headers: Iterable<[string, string]>, text: string): CachedAnswer {
  const { data, extensions } = JSON.parse(text) as { data: unknown; extensions: { cost: Cost } };
  const { requestedQueryCost, actualQueryCost } = extensions.cost;
  return {
    headers: [...headers].filter(([name]) => name !== 'content-length'),
    body: Buffer.from(JSON.stringify({ data }).slice(0, -1)),
    cost: { requestedQueryCost, actualQueryCost },
  };
}
