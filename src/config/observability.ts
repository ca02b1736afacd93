import { z } from 'zod';
import { address, oneOf, setting, text, wholeIfSet } from './setting';

/** Which requests have a line in the log. */
export type AccessLog = 'off' | 'executed' | 'all';

/** What the gateway tells of itself, and to whom. */
export interface ObservabilityConfig {
  accessLog: AccessLog;
  /** Null where metrics are not served. */
  metrics: { host: string; port: number } | null;
  /** Null where nothing is traced. */
  tracing: { endpoint: string; serviceName: string; share: number } | null;
}

const share = z
  .string()
  .refine(value => value.trim() !== '' && Number(value) >= 0 && Number(value) <= 1, {
    error: 'must be a number from 0 to 1',
  })
  .prefault('1')
  .transform(Number)
  .meta({ values: '0 to 1', whenUnset: '1' });

/** The settings, as parts of the environment's schema. */
export function observabilitySettings() {
  return {
    LOG_LEVEL: setting(
      oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
      'Minimum level to log.',
    ),
    ACCESS_LOG: setting(
      oneOf(['off', 'executed', 'all'], 'executed'),
      'Which GraphQL requests have a line in the log, at level info: none, those that are executed, or also those that are answered from memory.',
    ),
    METRICS_PORT: setting(
      wholeIfSet(0, 65535),
      'Port that serves `/metrics` for Prometheus. 0 picks a free one. Without it, metrics are not served.',
    ),
    METRICS_HOST: setting(
      text('127.0.0.1'),
      'Address that serves metrics. Restrict access to it when it is not a loopback address.',
    ),
    OTEL_EXPORTER_OTLP_ENDPOINT: setting(
      address('http:', 'https:').optional().meta({ values: '`http://…` or `https://…`' }),
      'Send traces to this collector, over OTLP as JSON. Without it, tracing is off. Headers are in `OTEL_EXPORTER_OTLP_HEADERS`.',
    ),
    OTEL_SERVICE_NAME: setting(text('skybasket'), 'Service name in traces.'),
    OTEL_TRACES_SAMPLER_ARG: setting(
      share,
      'Share of requests that are traced if the caller has not decided. Provisioning is always traced.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof observabilitySettings>>>;

/** The settings as the parts of the gateway read them. */
export function toObservability(value: Values): ObservabilityConfig {
  const { METRICS_PORT: port, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = value;
  return {
    accessLog: value.ACCESS_LOG,
    metrics: port === undefined ? null : { host: value.METRICS_HOST, port },
    tracing:
      endpoint === undefined
        ? null
        : { endpoint, serviceName: value.OTEL_SERVICE_NAME, share: value.OTEL_TRACES_SAMPLER_ARG },
  };
}
