import { z } from 'zod';
import { oneOf, optionalInteger, setting, text, url } from './setting';

/** Requests that are logged: none, executed ones, or all. */
export type AccessLog = 'off' | 'executed' | 'all';

const share = z
  .string()
  .refine(value => value.trim() !== '' && Number(value) >= 0 && Number(value) <= 1, {
    error: 'must be a number from 0 to 1',
  })
  .prefault('1')
  .transform(Number)
  .meta({ values: '0 to 1', defaultValue: '1' });

/** Schema of the observability settings. */
export function observabilitySettings() {
  return {
    LOG_LEVEL: setting(
      oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
      'Minimum level to log.',
    ),
    ACCESS_LOG: setting(
      oneOf(['off', 'executed', 'all'], 'executed'),
      'GraphQL requests that are logged at level info: none, executed ones, or all, cached answers included.',
    ),
    METRICS_PORT: setting(
      optionalInteger(0, 65535),
      'Port that serves `/metrics` for Prometheus. 0 picks a free one. Without it, metrics are not served.',
    ),
    METRICS_HOST: setting(
      text('127.0.0.1'),
      'Address that serves metrics. Restrict access to it unless it is a loopback address.',
    ),
    OTEL_EXPORTER_OTLP_ENDPOINT: setting(
      url('http:', 'https:').optional().meta({ values: '`http://…` or `https://…`' }),
      'URL of the collector of traces (OTLP over HTTP, JSON). Without it, tracing is off. `OTEL_EXPORTER_OTLP_HEADERS` sets its headers.',
    ),
    OTEL_SERVICE_NAME: setting(text('skybasket'), 'Service name in traces.'),
    OTEL_TRACES_SAMPLER_ARG: setting(
      share,
      'Share of requests that are traced, unless the caller decides. Provisioning is always traced.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof observabilitySettings>>>;

/** Converts the environment to observability settings. */
export function toObservability(value: Values) {
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
