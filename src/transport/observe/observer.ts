import { context as active, SpanStatusCode, trace } from '@opentelemetry/api';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { AccessLog } from '../../config';
import { TimedOut } from '../../database';
import { requestErrors } from '../../errors';
import { deprecatedIn } from '../../graphql';
import { type Metrics, traceIdOf } from '../../observability';
import type { Context } from '../../services/context';
import type { PublicResult } from '../public/answers';

/** How a request came. */
export type Transport = 'http' | 'websocket' | 'sse';

/** What there is to say of an operation once it is answered; of a stream, once it has begun. */
export interface Answered {
  context: Context;
  transport: Transport;
  operationName: string | null | undefined;
  /** Left out where it is no GraphQL, or may not be executed. */
  document?: DocumentNode | undefined;
  /** By `performance.now()`. */
  startedAt: number;
  /** In points. */
  cost: number | undefined;
  /** Of the request; errors that are data are answers. */
  errors: readonly { extensions?: { code?: unknown } | undefined }[] | undefined;
}

/** Names are the client's own: a log line has room for the beginning. */
const LONGEST_NAME = 80;

/** Tells of every operation once: to the metrics, to the span that is active, and in one line of the log. */
export class Observer {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly metrics: Metrics,
    /** What is called by its name in metrics; every other is `other`, for anybody can make up names. */
    private readonly known: ReadonlySet<string>,
    private readonly accessLog: AccessLog,
  ) {
    // Prometheus sees an increase only of what was there before.
    for (const code of Object.keys(requestErrors)) metrics.requests.errors.inc({ code }, 0);
  }

  tell(answered: Answered): void {
    const { context, cost, document } = answered;
    const ms = performance.now() - answered.startedAt;
    const outcome = outcomeOf(answered);
    const { statements } = context.db.meter;
    this.count(answered, ms, outcome, statements);
    if (document) {
      for (const element of deprecatedIn(this.schema, document))
        this.metrics.requests.deprecated.inc({ element });
    }
    this.trace(outcome, cost, statements);
    this.line(context.log, context, answered, { statements, ms, outcome, traceId: traceIdOf() });
  }

  /** A public document was executed past Apollo Server: nothing of it asks the database, and nothing can go wrong. */
  tellPublic(
    log: Logger,
    requestId: string,
    caller: Pick<Context, 'actor'>,
    { operationName, startedAt, cost: { actualQueryCost: cost } }: PublicResult,
  ): void {
    const ms = performance.now() - startedAt;
    const answered = { transport: 'http', operationName, cost } as const;
    this.count(answered, ms, 'ok', 0);
    this.line(log, caller, answered, { requestId, statements: 0, ms, outcome: 'ok' });
  }

  /** A request was answered from memory, where nothing is known of it but who asked. */
  tellKept(log: Logger, requestId: string, caller: Pick<Context, 'actor'>): void {
    if (this.accessLog !== 'all') return;
    log.info({ requestId, ...actorOf(caller), transport: 'http', statements: 0, outcome: 'kept' }, 'request');
  }

  private line(
    log: Logger,
    caller: Pick<Context, 'actor'>,
    { operationName, transport, cost }: Pick<Answered, 'operationName' | 'transport' | 'cost'>,
    more: { ms: number } & Record<string, unknown>,
  ): void {
    if (this.accessLog === 'off') return;
    const ms = Math.round(more.ms * 10) / 10;
    const operation = operationName?.slice(0, LONGEST_NAME);
    log.info({ operation, ...actorOf(caller), transport, cost, ...more, ms }, 'request');
  }

  private count(
    { transport, operationName, cost }: Pick<Answered, 'operationName' | 'transport' | 'cost'>,
    ms: number,
    outcome: string,
    statements: number,
  ): void {
    const { requests } = this.metrics;
    const operation = operationName && this.known.has(operationName) ? operationName : 'other';
    const coarse = outcome === 'ok' || outcome === 'gone' ? outcome : 'error';
    requests.seconds.observe({ operation, transport, outcome: coarse }, ms / 1000);
    if (coarse === 'error') requests.errors.inc({ code: outcome });
    if (cost) requests.cost.inc({ operation }, cost);
    if (statements > 0) requests.statements.inc({ operation }, statements);
  }

  private trace(outcome: string, cost: number | undefined, statements: number): void {
    const span = trace.getSpan(active.active());
    if (!span?.isRecording()) return;
    span.setAttributes({ 'skybasket.outcome': outcome, 'skybasket.statements': statements });
    if (cost !== undefined) span.setAttribute('skybasket.cost', cost);
    if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  }
}

/** `ok`, `gone` for a client that did not wait, or the code of the first error. */
function outcomeOf({ context: { signal }, errors }: Answered): string {
  if (signal.aborted) return signal.reason instanceof TimedOut ? 'OPERATION_TIMEOUT' : 'gone';
  const [first] = errors ?? [];
  return first ? String(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR') : 'ok';
}

/** Who asked, as the log names it: never by e-mail. */
function actorOf({ actor }: Pick<Context, 'actor'>) {
  return actor
    ? { actorId: actor.userId, roles: actor.roles, ...(actor.apiKey && { apiKeyId: actor.apiKey.id }) }
    : { actorId: null };
}
