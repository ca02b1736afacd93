import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { ConfigError, issueMessage } from './config-error';
import { integer, oneOf, setting, url } from './setting';

const file = z
  .string()
  .transform((path, context) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      context.addIssue(`cannot be read: ${(error as Error).message}`);
      return z.NEVER;
    }
  })
  .optional()
  .meta({ values: 'path of a PEM file' });

/** Schema of the database settings. */
export function databaseSettings() {
  return {
    DATABASE_URL: setting(url('mysql:'), 'URL of the database: `mysql://user:password@host:port/name`.'),
    DATABASE_POOL: setting(integer(2, 500, 16), 'Maximum connections to the database.'),
    DATABASE_STATEMENT_TIMEOUT_MS: setting(
      integer(100, 600_000, 10_000),
      'Deadline of every statement in milliseconds, background work included. A connection that misses it is replaced. A statement waits at most twice as long for a connection. A list that no index bounds ends after a fifth of it with TOO_BROAD. Keep it shorter than half of REQUEST_TIMEOUT_MS.',
    ),
    DATABASE_READINESS_TIMEOUT_MS: setting(
      integer(100, 60_000, 2000),
      'Deadline of `/readyz` in milliseconds. Keep it shorter than the timeout of the probe.',
    ),
    DATABASE_PREPARED_SHARE: setting(
      integer(0, 100, 10),
      "Share of the server's `max_prepared_stmt_count` that this gateway uses, in percent. 100 divided by the share is the maximum number of gateways of one server. 0 disables prepared statements.",
    ),
    DATABASE_TLS: setting(
      oneOf(['off', 'required', 'verify-ca', 'verify-identity'], 'off'),
      'TLS to the database: none; encrypted without verification; the certificate of the server is signed by the CA; it also names the host of DATABASE_URL.',
    ),
    DATABASE_TLS_CA: setting(file, 'Certificates of the CA. Defaults to the CAs of Node.js.'),
    DATABASE_TLS_CERT: setting(file, 'Client certificate of the gateway, if the database requires one.'),
    DATABASE_TLS_KEY: setting(file, 'Private key of the client certificate.'),
    EVENT_RETENTION_DAYS: setting(
      integer(1, 3650, 30),
      'Days after which events are removed and cursors expire. A gateway whose database user cannot remove events leaves it to `npm run remove-old-events`.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof databaseSettings>>>;

/** Settings of the database. */
export type DatabaseSettings = ReturnType<typeof toDatabase>;

/** Converts the environment to database settings. Throws a `ConfigError` for settings that contradict each other. */
export function toDatabase(value: Values) {
  const refused = findContradiction(value);
  if (refused) throw new ConfigError(refused);
  const { DATABASE_TLS: mode, DATABASE_TLS_CA: ca, DATABASE_TLS_CERT: cert, DATABASE_TLS_KEY: key } = value;
  const files = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  const checks = { rejectUnauthorized: mode !== 'required', verifyIdentity: mode === 'verify-identity' };
  return {
    databaseUrl: value.DATABASE_URL,
    databasePool: value.DATABASE_POOL,
    eventRetentionDays: value.EVENT_RETENTION_DAYS,
    database: {
      statementTimeoutMs: value.DATABASE_STATEMENT_TIMEOUT_MS,
      readinessTimeoutMs: value.DATABASE_READINESS_TIMEOUT_MS,
      preparedShare: value.DATABASE_PREPARED_SHARE,
      tls: mode === 'off' ? null : { ...files, ...checks },
    },
  };
}

/** Reads the database settings only, for commands that need no others. */
export function readDatabase(env: NodeJS.ProcessEnv): DatabaseSettings {
  const parsed = z.object(databaseSettings()).safeParse(env);
  if (parsed.success) return toDatabase(parsed.data);
  throw new ConfigError(parsed.error.issues.map(issue => issueMessage(issue, env)).join(' '));
}

/** Returns a sentence about settings that contradict each other. Undefined if there are none. */
function findContradiction(value: Values): string | undefined {
  const { DATABASE_TLS: mode, DATABASE_TLS_CA: ca, DATABASE_TLS_CERT: cert, DATABASE_TLS_KEY: key } = value;
  if (new URL(value.DATABASE_URL).search) {
    return 'DATABASE_URL takes no parameters: use DATABASE_TLS and the other DATABASE_ settings.';
  }
  if (mode === 'off' && (ca || cert || key)) {
    return 'DATABASE_TLS has to be set, as its files are.';
  }
  // The driver does not verify certificates against addresses.
  if (mode === 'verify-identity' && isIP(new URL(value.DATABASE_URL).hostname.replaceAll(/[[\]]/g, ''))) {
    return 'DATABASE_TLS=verify-identity needs a host name in DATABASE_URL, not an address.';
  }
  if (Boolean(cert) !== Boolean(key)) return 'DATABASE_TLS_CERT and DATABASE_TLS_KEY need each other.';
  return undefined;
}
