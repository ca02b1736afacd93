import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { ConfigError, sentence } from './config-error';
import { address, oneOf, setting, whole } from './setting';

/** Contents of the PEM files for TLS to the database. */
export interface TlsFiles {
  ca?: string;
  cert?: string;
  key?: string;
  /** Whether the certificate of the server must be signed by the CA. */
  rejectUnauthorized: boolean;
  /** Whether it must also name the host of DATABASE_URL. */
  verifyIdentity: boolean;
}

/** How one gateway uses the database. */
export interface DatabaseConfig {
  statementTimeoutMs: number;
  readinessTimeoutMs: number;
  /** Share of the prepared statements that the server has room for, in percent. */
  preparedShare: number;
  /** Null without TLS. */
  tls: TlsFiles | null;
}

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

/** Where the database is, and how it is used. */
export interface DatabaseSettings {
  databaseUrl: string;
  /** Connections at most. */
  databasePool: number;
  database: DatabaseConfig;
  eventRetentionDays: number;
}

/** The settings, as parts of the environment's schema. */
export function databaseSettings() {
  return {
    DATABASE_URL: setting(address('mysql:'), 'The database: `mysql://user:password@host:port/name`.'),
    DATABASE_POOL: setting(whole(2, 500, 16), 'Maximum connections to the database.'),
    DATABASE_STATEMENT_TIMEOUT_MS: setting(
      whole(100, 600_000, 10_000),
      'Deadline of every statement, background work included. A connection that misses it is replaced. A statement waits for a connection for twice as long at most. Keep it shorter than half of REQUEST_TIMEOUT_MS.',
    ),
    DATABASE_READINESS_TIMEOUT_MS: setting(
      whole(100, 60_000, 2000),
      'Deadline of `/readyz`. Keep it shorter than the timeout of the probe.',
    ),
    DATABASE_PREPARED_SHARE: setting(
      whole(0, 100, 10),
      "Share of the server's `max_prepared_stmt_count` that this gateway uses, in percent. 100 divided by it is the number of gateways that fit. 0 prepares no statements.",
    ),
    DATABASE_TLS: setting(
      oneOf(['off', 'required', 'verify-ca', 'verify-identity'], 'off'),
      'TLS to the database: none; encrypted without verification; the certificate of the server is signed by the CA; it also names the host of DATABASE_URL.',
    ),
    DATABASE_TLS_CA: setting(file, 'Certificates of the CA. Without it the CAs that Node.js knows.'),
    DATABASE_TLS_CERT: setting(file, 'Certificate of the gateway, where the database asks for one.'),
    DATABASE_TLS_KEY: setting(file, 'Private key of that certificate.'),
    EVENT_RETENTION_DAYS: setting(
      whole(1, 3650, 30),
      'Days that events are kept and cursors are good. A gateway whose database user cannot remove events leaves it to `npm run remove-old-events`.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof databaseSettings>>>;

/** The settings as the parts of the gateway read them; throws a `ConfigError` for those that contradict each other. */
export function toDatabase(value: Values): DatabaseSettings {
  const refused = contradiction(value);
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

/** Settings of the database alone, for commands that need no others. */
export function readDatabase(env: NodeJS.ProcessEnv): DatabaseSettings {
  const parsed = z.object(databaseSettings()).safeParse(env);
  if (parsed.success) return toDatabase(parsed.data);
  throw new ConfigError(parsed.error.issues.map(issue => sentence(issue, env)).join(' '));
}

/** A sentence about settings that cannot be honored together; undefined where there are none. */
function contradiction(value: Values): string | undefined {
  const { DATABASE_TLS: mode, DATABASE_TLS_CA: ca, DATABASE_TLS_CERT: cert, DATABASE_TLS_KEY: key } = value;
  if (new URL(value.DATABASE_URL).search) {
    return 'DATABASE_URL takes no parameters: use DATABASE_TLS and the other DATABASE_ settings.';
  }
  if (mode === 'off' && (ca || cert || key)) {
    return 'DATABASE_TLS has to be set, as its files are.';
  }
  // The driver compares an address with no certificate.
  if (mode === 'verify-identity' && isIP(new URL(value.DATABASE_URL).hostname.replaceAll(/[[\]]/g, ''))) {
    return 'DATABASE_TLS=verify-identity needs a host name in DATABASE_URL, not an address.';
  }
  if (Boolean(cert) !== Boolean(key)) return 'DATABASE_TLS_CERT and DATABASE_TLS_KEY need each other.';
  return undefined;
}
