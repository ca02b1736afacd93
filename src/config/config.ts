import { z } from 'zod';
import { ConfigError, sentence } from './config-error';
import { type DatabaseSettings, databaseSettings, toDatabase } from './database';
import { type ObservabilityConfig, observabilitySettings, toObservability } from './observability';
import { secret } from './secret';
import { missingIssuerSetting, type SecurityConfig, securitySettings, toSecurity } from './security';
import { address, flag, setting, text, whole } from './setting';
import { toWebhooks, type WebhookConfig, webhookSettings } from './webhooks';

/** What the environment may say; a bad value stops the start with a sentence that names it. */
export const environment = z.object({
  PORT: setting(whole(0, 65535, 4000), 'The port of the gateway; 0 picks a free one.'),
  HOST: setting(text('127.0.0.1'), 'Address to listen on. `0.0.0.0` for every interface.'),
  ...databaseSettings(),
  MIGRATE: setting(flag(false), 'Migrate the database before serving.'),
  PLAYGROUND: setting(flag(false), 'Serve the playground.'),
  PROVIDER_URL: setting(
    address('http:', 'https:'),
    'The service manager of Impossible Cloud, with its path.',
  ),
  PROVIDER_APPLICATION_ID: setting(text(), 'Application id of the gateway at the service manager.'),
  PROVIDER_API_KEY: setting(text(), 'API key of that application.'),
  BROKER_URL: setting(
    address('http:', 'https:').optional().meta({ values: '`http://…` or `https://…`' }),
    'Service broker of the second provider. Without it, there is no second provider. Requires BROKER_USERNAME and BROKER_PASSWORD.',
  ),
  BROKER_USERNAME: setting(z.string().optional(), 'User name of the gateway at the broker.'),
  BROKER_PASSWORD: setting(z.string().optional(), 'Password of that user.'),
  PROVIDER_TIMEOUT_MS: setting(
    whole(100, 120_000, 8000),
    'Deadline of one call to a provider, in milliseconds.',
  ),
  RECONCILE_HOURS: setting(
    whole(0, 8760, 24),
    'Hours between two reconciliations with each provider. 0 disables them.',
  ),
  LEASE_MS: setting(
    whole(200, 600_000, 15_000),
    'Lease of a claim on an operation, in milliseconds. Must be longer than PROVIDER_TIMEOUT_MS.',
  ),
  DRAIN_MS: setting(
    whole(0, 300_000, 3000),
    'Time in milliseconds between a signal to stop and the first request that is refused. `/readyz` answers 503 meanwhile, so that load balancers turn to other gateways.',
  ),
  AUTH_SECRET: setting(secret(), 'Secret that signs access tokens. The same in every process.'),
  STREAM_CONNECTIONS: setting(whole(1, 1_000_000, 100), 'Maximum stream connections of one user.'),
  STREAM_OPERATIONS: setting(whole(1, 10_000, 100), 'Maximum concurrent operations on one connection.'),
  ...securitySettings(),
  ...webhookSettings(),
  ...observabilitySettings(),
});

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(environment.shape);

/** The settings of one gateway process, validated. */
export interface Config extends DatabaseSettings {
  /** 0 picks a free one. */
  port: number;
  host: string;
  /** Migrate before serving. */
  migrate: boolean;
  /** Serve the playground. */
  playground: boolean;
  /** Impossible Cloud's service manager; `timeoutMs` is the deadline of one call to any provider. */
  provider: { baseUrl: string; applicationId: string; apiKey: string; timeoutMs: number };
  /** A broker of the Open Service Broker API, where there is one. */
  broker: { baseUrl: string; username: string; password: string } | null;
  /** Between two reconciliations with each provider; 0 for none. */
  reconcileHours: number;
  /** How long a worker's claim on an operation holds without being renewed. */
  leaseMs: number;
  /** Milliseconds between a signal to stop and the first request that is refused. */
  drainMs: number;
  /** Signs the tokens that `signIn` gives. */
  authSecret: string;
  stream: {
    /** Connections of one user at once. */
    connectionsPerUser: number;
    /** Operations of one connection at once. */
    operationsPerConnection: number;
  };
  security: SecurityConfig;
  webhooks: WebhookConfig;
  observability: ObservabilityConfig;
  logLevel: string;
}

const NO_DEMO_DATA =
  'DEMO_DATA is a setting of `npm start`. A gateway has no demo data: start it without DEMO_DATA.';

/** Turns the environment into settings, or throws a `ConfigError` that names every bad or missing one. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(issue => sentence(issue, env)).join(' '));
  if (env.DEMO_DATA) throw new ConfigError(NO_DEMO_DATA);
  const missing = missingIssuerSetting(env);
  if (missing) throw new ConfigError(`${missing} has to be set, as the issuer's other settings are.`);
  const value = parsed.data;
  // A call that outlives its lease would be repeated while it runs.
  if (value.LEASE_MS <= value.PROVIDER_TIMEOUT_MS) {
    throw new ConfigError('LEASE_MS has to be longer than PROVIDER_TIMEOUT_MS.');
  }
  return {
    port: value.PORT,
    host: value.HOST,
    ...toDatabase(value),
    migrate: value.MIGRATE,
    playground: value.PLAYGROUND,
    provider: {
      baseUrl: value.PROVIDER_URL,
      applicationId: value.PROVIDER_APPLICATION_ID,
      apiKey: value.PROVIDER_API_KEY,
      timeoutMs: value.PROVIDER_TIMEOUT_MS,
    },
    broker: value.BROKER_URL
      ? {
          baseUrl: value.BROKER_URL,
          username: value.BROKER_USERNAME ?? '',
          password: value.BROKER_PASSWORD ?? '',
        }
      : null,
    reconcileHours: value.RECONCILE_HOURS,
    leaseMs: value.LEASE_MS,
    drainMs: value.DRAIN_MS,
    authSecret: value.AUTH_SECRET,
    stream: {
      connectionsPerUser: value.STREAM_CONNECTIONS,
      operationsPerConnection: value.STREAM_OPERATIONS,
    },
    security: toSecurity(value),
    webhooks: toWebhooks(value, value.AUTH_SECRET),
    observability: toObservability(value),
    logLevel: value.LOG_LEVEL,
  };
}
