import { setTimeout as sleep } from 'node:timers/promises';
import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type IdGenerator,
  ParentBasedSampler,
  RandomIdGenerator,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { stopTimes } from '../stop-times';
import { exportSpans } from './spans';
import { idsOfRoot } from './tracked';

/** Where spans go, and how many. */
export interface TracingSettings {
  /** The collector; `/v1/traces` is added. */
  endpoint: string;
  serviceName: string;
  /** Which of the requests that bring no decision of their own are traced, from 0 to 1. What workers do always is. */
  share: number;
}

class Ids implements IdGenerator {
  private readonly chance = new RandomIdGenerator();
  generateTraceId = () => idsOfRoot()?.traceId ?? this.chance.generateTraceId();
  generateSpanId = () => idsOfRoot()?.spanId ?? this.chance.generateSpanId();
}

function rootSampler(share: number): Sampler {
  const byChance = new TraceIdRatioBasedSampler(share);
  return {
    shouldSample: (parent, traceId) =>
      idsOfRoot()
        ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
        : byChance.shouldSample(parent, traceId),
    toString: () => `all that is tracked, ${share} of the rest`,
  };
}

/**
 * Begins to export what `inSpan` and the others tell, over OTLP as JSON, for the whole process. The headers of a
 * collector that wants some are in OTEL_EXPORTER_OTLP_HEADERS, which the exporter reads itself. A stop resolves
 * when the last traces are sent, or after a bound.
 */
export function startTracing(
  { endpoint, serviceName, share }: TracingSettings,
  log: Logger,
): { stop(): Promise<void> } {
  const say = (level: 'warn' | 'error') => (message: string) => log[level](`tracing: ${message}`);
  const silent = () => undefined;
  diag.setLogger(
    { error: say('error'), warn: say('warn'), info: silent, debug: silent, verbose: silent },
    DiagLogLevel.WARN,
  );
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    idGenerator: new Ids(),
    sampler: new ParentBasedSampler({ root: rootSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  exportSpans(true);
  return {
    async stop() {
      exportSpans(false);
      trace.disable();
      context.disable();
      propagation.disable();
      const sent = provider
        .shutdown()
        .catch((err: unknown) => log.warn({ err }, 'the last traces were not sent'));
      // The exporter retries for ten seconds while the collector is away.
      await Promise.race([sent, sleep(stopTimes.traces, undefined, { ref: false })]);
      diag.disable();
    },
  };
}
