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
import { pendingRootIds } from './tracked';

/** Settings of tracing. */
export interface TracingSettings {
  /** URL of the collector, without `/v1/traces`. */
  endpoint: string;
  serviceName: string;
  /** Share of requests that are traced, from 0 to 1, unless the caller decides. Provisioning is always traced. */
  share: number;
}

class TrackIdGenerator implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  generateTraceId = () => pendingRootIds()?.traceId ?? this.random.generateTraceId();
  generateSpanId = () => pendingRootIds()?.spanId ?? this.random.generateSpanId();
}

function rootSampler(share: number): Sampler {
  const ratioSampler = new TraceIdRatioBasedSampler(share);
  return {
    shouldSample: (parent, traceId) =>
      pendingRootIds()
        ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
        : ratioSampler.shouldSample(parent, traceId),
    toString: () => `all that is tracked, ${share} of the rest`,
  };
}

/** Exports spans over OTLP as JSON. The exporter reads OTEL_EXPORTER_OTLP_HEADERS. `stop` sends the rest, up to a timeout. */
export function startTracing(
  { endpoint, serviceName, share }: TracingSettings,
  log: Logger,
): { stop(): Promise<void> } {
  const logAt = (level: 'warn' | 'error') => (message: string) => log[level](`tracing: ${message}`);
  const ignore = () => undefined;
  diag.setLogger(
    { error: logAt('error'), warn: logAt('warn'), info: ignore, debug: ignore, verbose: ignore },
    DiagLogLevel.WARN,
  );
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    idGenerator: new TrackIdGenerator(),
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
