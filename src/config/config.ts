import { z } from 'zod';
import { ConfigError, issueMessage } from './config-error';
import { databaseSettings, toDatabase } from './database';
import { mailSettings, toMail } from './mail';
import { observabilitySettings, toObservability } from './observability';
import { secret } from './secret';
import { missingIssuerSetting, securitySettings, toSecurity } from './security';
import { flag, integer, oneOf, setting, text, url } from './setting';
import { toWebhooks, webhookSettings } from './webhooks';

/** Schema of the environment. An invalid value stops the start with a sentence that names it. */
export const environment = z.object({
  PORT: setting(integer(0, 65535, 4000), 'Port of the gateway. 0 picks a free one.'),
  HOST: setting(text('127.0.0.1'), 'Address to listen on. `0.0.0.0` for every interface.'),
  ...databaseSettings(),
  MIGRATE: setting(flag(false), 'Whether the gateway migrates the database before it serves.'),
  PLAYGROUND: setting(flag(false), 'Whether the playground is served.'),
  PROVIDER_URL: setting(
    url('http:', 'https:'),
    'URL of the service manager of Impossible Cloud, with its path.',
  ),
  PROVIDER_APPLICATION_ID: setting(text(), 'Application id of the gateway at the service manager.'),
  PROVIDER_API_KEY: setting(text(), 'API key of that application.'),
  BROKER_URL: setting(
    url('http:', 'https:').optional().meta({ values: '`http://…` or `https://…`' }),
    'URL of the Open Service Broker of the second provider. Without it, the provider is disabled. Requires BROKER_USERNAME and BROKER_PASSWORD.',
  ),
  BROKER_USERNAME: setting(z.string().optional(), 'User name of the gateway at the broker.'),
  BROKER_PASSWORD: setting(z.string().optional(), 'Password of that user.'),
  PROVIDER_TIMEOUT_MS: setting(
    integer(100, 120_000, 8000),
    'Deadline of one call to a provider, in milliseconds.',
  ),
  RECONCILE_HOURS: setting(
    integer(0, 8760, 24),
    'Hours between two reconciliations with each provider. 0 disables them.',
  ),
  RETAIL_FALLBACK: setting(
    oneOf(['hidden', 'list'], 'hidden'),
    'Prices for end customers where their reseller has set no retail price: none, or those of the public price list in the currency of the reseller.',
  ),
  LEASE_MS: setting(
    integer(200, 600_000, 15_000),
    'Lease of a claim on an operation, in milliseconds. Must be longer than PROVIDER_TIMEOUT_MS.',
  ),
  DRAIN_MS: setting(
    integer(0, 300_000, 3000),
    'Milliseconds between a signal to stop and the first refused request. `/readyz` answers 503 meanwhile, so that load balancers use other gateways.',
  ),
  AUTH_SECRET: setting(secret(), 'Secret that signs access tokens. Must be equal in every process.'),
  STREAM_CONNECTIONS: setting(integer(1, 1_000_000, 100), 'Maximum stream connections of one user.'),
  STREAM_OPERATIONS: setting(integer(1, 10_000, 100), 'Maximum concurrent operations on one connection.'),
  ...securitySettings(),
  ...webhookSettings(),
  ...mailSettings(),
  ...observabilitySettings(),
});

/** Names of all settings. */
export const settingNames: readonly string[] = Object.keys(environment.shape);

/** Validated settings of one gateway process. */
export type Config = ReturnType<typeof readConfig>;

const NO_DEMO_DATA =
  'DEMO_DATA is a setting of `npm start`. A gateway has no demo data: start it without DEMO_DATA.';

/** Reads the settings from the environment. Throws a `ConfigError` that names every invalid or missing one. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const parsed = environment.safeParse(env);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(issue => issueMessage(issue, env)).join(' '));
  if (env.DEMO_DATA) throw new ConfigError(NO_DEMO_DATA);
  const missing = missingIssuerSetting(env);
  if (missing) throw new ConfigError(`${missing} has to be set, as the issuer's other settings are.`);
  const value = parsed.data;
  // A call that outlives its lease would be repeated concurrently.
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
    retailFallback: value.RETAIL_FALLBACK,
    leaseMs: value.LEASE_MS,
    drainMs: value.DRAIN_MS,
    authSecret: value.AUTH_SECRET,
    stream: {
      connectionsPerUser: value.STREAM_CONNECTIONS,
      operationsPerConnection: value.STREAM_OPERATIONS,
    },
    security: toSecurity(value),
    webhooks: toWebhooks(value, value.AUTH_SECRET),
    mail: toMail(value, value.NODE_ENV === 'production'),
    observability: toObservability(value),
    logLevel: value.LOG_LEVEL as string,
  };
}
