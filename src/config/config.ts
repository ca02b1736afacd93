import { z } from 'zod';
import { missingIssuerSetting, type SecurityConfig, securitySettings, toSecurity } from './security';
import { toWebhooks, type WebhookConfig, webhookSettings } from './webhooks';

/** `''` counts as not set, as in a compose file that passes every variable on. */
const setting = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (value === '' ? undefined : value), schema);

const flag = (whenUnset: boolean) =>
  z
    .enum(['0', '1', 'true', 'false', 'on', 'off'], { error: 'must be 1 or 0' })
    .optional()
    .transform(value => (value === undefined ? whenUnset : ['1', 'true', 'on'].includes(value)));

const whole = (least: number, most: number, whenUnset: number) =>
  z
    .string()
    .default(String(whenUnset))
    .refine(value => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number);

const address = (...protocols: string[]) =>
  z.string().refine(
    value => {
      try {
        return protocols.includes(new URL(value).protocol);
      } catch {
        return false;
      }
    },
    { error: `must be an address that starts with ${protocols.map(p => `${p}//`).join(' or ')}` },
  );

/** What the environment may say; a bad value stops the start with a sentence that names it. */
const environment = z.object({
  PORT: setting(whole(0, 65535, 4000)),
  HOST: setting(z.string().default('127.0.0.1')),
  DATABASE_URL: setting(address('mysql:')),
  DATABASE_POOL: setting(whole(2, 500, 16)),
  MIGRATE: setting(flag(false)),
  DEMO_DATA: setting(flag(false)),
  PLAYGROUND: setting(flag(false)),
  PROVIDER_URL: setting(address('http:', 'https:')),
  PROVIDER_APPLICATION_ID: setting(z.string()),
  PROVIDER_API_KEY: setting(z.string()),
  BROKER_URL: setting(address('http:', 'https:').optional()),
  BROKER_USERNAME: setting(z.string().optional()),
  BROKER_PASSWORD: setting(z.string().optional()),
  PROVIDER_TIMEOUT_MS: setting(whole(100, 120_000, 8000)),
  RECONCILE_HOURS: setting(whole(0, 8760, 24)),
  LEASE_MS: setting(whole(200, 600_000, 15_000)),
  AUTH_SECRET: setting(z.string().min(32, { error: 'must have at least 32 characters' })),
  STREAM_CONNECTIONS: setting(whole(1, 1_000_000, 100)),
  STREAM_OPERATIONS: setting(whole(1, 10_000, 100)),
  EVENT_RETENTION_DAYS: setting(whole(1, 3650, 30)),
  ...securitySettings(setting, whole),
  ...webhookSettings(setting, whole, flag),
  LOG_LEVEL: setting(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
        error: 'must be one of trace, debug, info, warn, error, silent',
      })
      .default('info'),
  ),
});

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(environment.shape);

/** The settings of one gateway process, validated. */
export interface Config {
  /** 0 picks a free one. */
  port: number;
  host: string;
  databaseUrl: string;
  /** Connections to the database at most. */
  databasePool: number;
  /** Migrate before serving. */
  migrate: boolean;
  /** Fill an empty database with the demo data. */
  demoData: boolean;
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
  /** Signs the tokens that `signIn` gives. */
  authSecret: string;
  stream: {
    /** Connections of one user at once. */
    connectionsPerUser: number;
    /** Operations of one connection at once. */
    operationsPerConnection: number;
  };
  /** How long events are kept, and cursors are good. */
  eventRetentionDays: number;
  security: SecurityConfig;
  webhooks: WebhookConfig;
  logLevel: string;
}

/** The environment cannot be used; the message is a sentence for the operator. */
export class ConfigError extends Error {}

/** Turns the environment into settings, or throws a `ConfigError` that names every bad or missing one. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(issue => sentence(issue, env)).join(' '));
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
    databaseUrl: value.DATABASE_URL,
    databasePool: value.DATABASE_POOL,
    migrate: value.MIGRATE,
    demoData: value.DEMO_DATA,
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
    authSecret: value.AUTH_SECRET,
    stream: {
      connectionsPerUser: value.STREAM_CONNECTIONS,
      operationsPerConnection: value.STREAM_OPERATIONS,
    },
    eventRetentionDays: value.EVENT_RETENTION_DAYS,
    security: toSecurity(value),
    webhooks: toWebhooks(value, value.AUTH_SECRET),
    logLevel: value.LOG_LEVEL,
  };
}

function sentence(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  return env[name] ? `${name} ${issue.message}.` : `${name} has to be set.`;
}
