import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../policies';
import type { Context, Deps } from '../services/context';
import { AnswerCache } from './answer-cache';
import type { OnPublic } from './public-documents';

/**
 * Answers that are sent again without a look into the document: the bytes of one that selected public fields alone, to
 * whoever sends the same bytes and has the same price list. What else an answer depends on is part of the key, so a
 * request that is refused (another type of content, a body that is too large, a token that is not valid) never gets here.
 */
export class PublicAnswers {
  private readonly cache = new AnswerCache();
  /** By the signal of the request, for Apollo executes with a copy of the context. */
  private readonly made = new WeakMap<AbortSignal, object>();

  constructor(private readonly deps: Pick<Deps, 'catalog'>) {}

  /** Told by the execution that the answer to `context` is public. */
  readonly onPublic: OnPublic = (context, catalog) => {
    this.made.set(context.signal, catalog);
  };

  /** What a request is known by; undefined where its answer is never kept. */
  keyOf(request: IncomingMessage, actor: Actor | null, body: string): string | undefined {
    const { 'content-type': type, accept } = request.headers;
    if (request.method !== 'POST' || type === undefined) return undefined;
    const list = this.deps.catalog.current.priceList(actor?.priceListId ?? null);
    return `${list.id}\n${type}\n${accept ?? ''}\n${request.url}\n${body}`;
  }

  /** Sends what is kept under `key`, if there is something. */
  send(key: string | undefined, response: ServerResponse): boolean {
    const answer = key && this.cache.find(this.deps.catalog.current, key);
    if (!answer) return false;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.end(answer.body);
    return true;
  }

  /** Keeps an answer if it is public. */
  keep(key: string | undefined, context: Context, headers: Iterable<[string, string]>, body: string): void {
    const catalog = this.made.get(context.signal);
    if (key === undefined || catalog === undefined) return;
    this.cache.keep(catalog, key, () => ({ headers: [...headers], body: Buffer.from(body) }));
  }
}
