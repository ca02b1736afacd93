import { context as active, SpanStatusCode, trace } from '@opentelemetry/api';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { AccessLog } from '../../config';
import { TimedOut } from '../../database';
import { requestErrors } from '../../errors';
import { deprecatedElements } from '../../graphql';
import { type Metrics, traceIdOf } from '../../observability';
import type { Context } from '../../services/context';
import type { ExecutedQuery } from '../public/answers';

/** Transport of a request. */
export type Transport = 'http' | 'websocket' | 'sse';

/** Values that are recorded when an operation is answered, or when a stream has started. */
export interface RequestRecord {
  context: Context;
  transport: Transport;
  operationName: string | null | undefined;
  /** Undefined for an operation that was refused. */
  document?: DocumentNode | undefined;
  /** In milliseconds of `performance.now()`. */
  startedAt: number;
  /** In points. */
  cost: number | undefined;
  /** Top-level errors. Errors that are data are not included. */
  errors: readonly { extensions?: { code?: unknown } | undefined }[] | undefined;
}

/** Maximum length of an operation name in the log. Clients choose their names. */
const MAX_NAME_LENGTH = 80;

/** Records every operation once: in the metrics, in the active span, and in one line of the log. */
export class Observer {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly metrics: Metrics,
    /** Operation names in metrics. All others are `other`, because clients choose names at will. */
    private readonly operationNames: ReadonlySet<string>,
    private readonly accessLog: AccessLog,
  ) {
    // Prometheus misses the first increment of a counter that it has not scraped before.
    for (const code of Object.keys(requestErrors)) metrics.requests.errors.inc({ code }, 0);
  }

  /** Records an operation. */
  record(answered: RequestRecord): void {
    const { context, cost, document } = answered;
    const ms = performance.now() - answered.startedAt;
    const outcome = outcomeOf(answered);
    const { statements } = context.db.meter;
    this.recordMetrics(answered, ms, outcome, statements);
    if (document) {
      for (const element of deprecatedElements(this.schema, document))
        this.metrics.requests.deprecated.inc({ element });
    }
    this.recordSpan(outcome, cost, statements);
    this.logRequest(context.log, context, answered, { statements, ms, outcome, traceId: traceIdOf() });
  }

  /** Records a public query that was executed without Apollo Server. It uses no database and has no errors. */
  recordPublic(
    log: Logger,
    requestId: string,
    caller: Pick<Context, 'actor'>,
    { operationName, startedAt, cost: { actualQueryCost: cost } }: ExecutedQuery,
  ): void {
    const ms = performance.now() - startedAt;
    const answered = { transport: 'http', operationName, cost } as const;
    this.recordMetrics(answered, ms, 'ok', 0);
    this.logRequest(log, caller, answered, { requestId, statements: 0, ms, outcome: 'ok' });
  }

  /** Records a cached answer. Its operation is unknown, because the request was not parsed. */
  recordCached(log: Logger, requestId: string, caller: Pick<Context, 'actor'>): void {
    if (this.accessLog !== 'all') return;
    log.info(
      { requestId, ...actorFields(caller), transport: 'http', statements: 0, outcome: 'cached' },
      'request',
    );
  }

  private logRequest(
    log: Logger,
    caller: Pick<Context, 'actor'>,
    { operationName, transport, cost }: Pick<RequestRecord, 'operationName' | 'transport' | 'cost'>,
    more: { ms: number } & Record<string, unknown>,
  ): void {
    if (this.accessLog === 'off') return;
    const ms = Math.round(more.ms * 10) / 10;
    const operation = operationName?.slice(0, MAX_NAME_LENGTH);
    log.info({ operation, ...actorFields(caller), transport, cost, ...more, ms }, 'request');
  }

  private recordMetrics(
    { transport, operationName, cost }: Pick<RequestRecord, 'operationName' | 'transport' | 'cost'>,
    ms: number,
    outcome: string,
    statements: number,
  ): void {
    const { requests } = this.metrics;
    const operation = operationName && this.operationNames.has(operationName) ? operationName : 'other';
    const status = outcome === 'ok' || outcome === 'gone' ? outcome : 'error';
    requests.seconds.observe({ operation, transport, outcome: status }, ms / 1000);
    if (status === 'error') requests.errors.inc({ code: outcome });
    if (cost) requests.cost.inc({ operation }, cost);
    if (statements > 0) requests.statements.inc({ operation }, statements);
  }

  private recordSpan(outcome: string, cost: number | undefined, statements: number): void {
    const span = trace.getSpan(active.active());
    if (!span?.isRecording()) return;
    span.setAttributes({ 'skybasket.outcome': outcome, 'skybasket.statements': statements });
    if (cost !== undefined) span.setAttribute('skybasket.cost', cost);
    if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  }
}

/** Outcome of an operation: `ok`, `gone` for a client that disconnected, or the code of the first error. */
function outcomeOf({ context: { signal }, errors }: RequestRecord): string {
  if (signal.aborted) return signal.reason instanceof TimedOut ? 'OPERATION_TIMEOUT' : 'gone';
  const [first] = errors ?? [];
  return first ? String(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR') : 'ok';
}

/** Fields of the caller in the log. E-mail addresses are not logged. */
function actorFields({ actor }: Pick<Context, 'actor'>) {
  return actor
    ? { actorId: actor.userId, roles: actor.roles, ...(actor.apiKey && { apiKeyId: actor.apiKey.id }) }
    : { actorId: null };
}
