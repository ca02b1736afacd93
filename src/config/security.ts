import { z } from 'zod';
import { setting, whole } from './setting';

/** What happens to a document that is not in the manifest. */
export type TrustMode = 'off' | 'log' | 'enforce';

/** Callers that may be told apart: the roles, and those without a token. */
export const CALLERS = ['ANONYMOUS', 'CUSTOMER', 'RESELLER', 'ACCOUNT_MANAGER', 'ADMINISTRATOR'] as const;

/** One of them. */
export type CallerKind = (typeof CALLERS)[number];

/** What the gateway defends itself with. */
export interface SecurityConfig {
  /** Schema details are for callers who are known. */
  production: boolean;
  /** Origins of browsers that may call, besides the gateway's own. */
  allowedOrigins: readonly string[];
  /** Host names that are served; empty for all. */
  allowedHosts: readonly string[];
  /** Proxies in front that write `X-Forwarded-For`. */
  trustedProxies: number;
  requestTimeoutMs: number;
  /** Requests that are answered at once; more are refused with 503. */
  maxInFlight: number;
  limits: {
    inFlightPerCaller: number;
    connections: number;
    connectionsPerAddress: number;
    /** WebSockets without a token, after their `connection_init`. */
    anonymousSocketsPerAddress: number;
    /** After which a WebSocket without a token and without an operation is closed. */
    anonymousIdleMs: number;
    unreadBytes: number;
    /** For the head and the body of a request together. */
    readTimeoutMs: number;
  };
  /** What one operation may cost at most, in points. */
  costPerOperation: number;
  /** What a caller may spend at once and per second, in points of cost; 0 for no bound. */
  costBucket: number;
  costPerSecond: number;
  trustedDocuments: Readonly<Record<CallerKind, TrustMode>>;
  issuer: { jwksUrl: string; issuer: string; audience: string } | null;
}

const MODES: readonly string[] = ['off', 'log', 'enforce'];

const trust = z.string().transform((text, context) => {
  const modes = Object.fromEntries(CALLERS.map(caller => [caller, 'off'])) as Record<CallerKind, TrustMode>;
  for (const part of text.split(',').map(piece => piece.trim())) {
    const [caller, mode] = part.includes('=') ? part.split('=') : ['*', part];
    const callers = caller === '*' ? CALLERS : CALLERS.filter(name => name === caller?.toUpperCase());
    if (!mode || !MODES.includes(mode) || callers.length === 0) {
      context.addIssue('must be off, log or enforce, or a list like ANONYMOUS=enforce,CUSTOMER=log');
      return z.NEVER;
    }
    for (const name of callers) modes[name] = mode as TrustMode;
  }
  return modes;
});

/** An origin, or one with `*` for any port. */
function isOrigin(text: string): boolean {
  const origin = text.replace(/:\*$/, ':1');
  return URL.canParse(origin) && new URL(origin).origin === origin;
}

const origins = z
  .string()
  .transform(text => text.split(',').flatMap(part => part.trim() || []))
  .refine(all => all.every(isOrigin), {
    error: 'must be origins like https://shop.example or http://localhost:*, with commas between them',
  });

const hosts = z
  .string()
  .transform(text => text.split(',').flatMap(part => part.trim().toLowerCase() || []))
  .refine(
    all => all.every(host => URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host),
    {
      error: 'must be host names without ports, such as shop.example, with commas between them',
    },
  );

/** The settings, as parts of the environment's schema. */
export function securitySettings() {
  return {
    NODE_ENV: setting(
      z.string().optional(),
      '`production` keeps introspection and suggestions from callers without a token, and sets HSTS.',
    ),
    ALLOWED_ORIGINS: setting(
      origins.optional().meta({ values: 'origins with commas between them' }),
      "Origins of browsers that may call, besides the gateway's own.",
    ),
    ALLOWED_HOSTS: setting(
      hosts.optional().meta({ values: 'host names with commas between them' }),
      'Host names that requests may be sent to, without ports. Without it, all. `npm start` sets it to those of this machine while `HOST` is a loopback address, so that no web page reaches the gateway through a name of its own.',
    ),
    TRUSTED_PROXIES: setting(whole(0, 10, 0), 'Proxies in front that append to `X-Forwarded-For`.'),
    REQUEST_TIMEOUT_MS: setting(
      whole(100, 600_000, 30_000),
      'Deadline of a query or a mutation, in milliseconds, on every transport and in the database.',
    ),
    MAX_IN_FLIGHT: setting(
      whole(1, 100_000, 1000),
      'Maximum requests in flight, on every transport. More are refused with 503 and `Retry-After`.',
    ),
    IN_FLIGHT_PER_CALLER: setting(
      whole(1, 100_000, 250),
      'The same for one user, or for one address without a token.',
    ),
    MAX_CONNECTIONS: setting(
      whole(1, 1_000_000, 20_000),
      'Open connections. At the limit the oldest one without a complete request is closed.',
    ),
    CONNECTIONS_PER_ADDRESS: setting(
      whole(1, 1_000_000, 2000),
      'The same for one address (IPv6: /64). WebSockets of signed-in users count for the user instead. Not applied behind TRUSTED_PROXIES.',
    ),
    ANONYMOUS_SOCKETS: setting(
      whole(0, 1_000_000, 500),
      'WebSockets without a token for one address. More are closed with 4429.',
    ),
    ANONYMOUS_IDLE_MS: setting(
      whole(100, 3_600_000, 60_000),
      'Milliseconds after which a WebSocket without a token and without an operation is closed.',
    ),
    UNREAD_BYTES: setting(
      whole(1_000_000, 10_000_000_000, 64 * 1024 * 1024),
      'Bytes of incomplete requests in memory. At the limit the oldest connection that holds some is closed.',
    ),
    READ_TIMEOUT_MS: setting(
      whole(100, 300_000, 10_000),
      'Milliseconds in which a client has to send the head and the body of a request.',
    ),
    COST_PER_OPERATION: setting(whole(1, 100_000_000, 1000), 'Cost limit of one operation, in points.'),
    COST_BUCKET: setting(
      whole(0, 100_000_000, 20_000),
      'Size of the rate limit bucket of a caller, in points of cost. 0 disables the rate limit.',
    ),
    COST_PER_SECOND: setting(whole(1, 10_000_000, 1000), 'Points that refill the bucket each second.'),
    TRUSTED_DOCUMENTS: setting(
      trust
        .prefault('off')
        .meta({ values: '`off`, `log`, `enforce`, or a list by caller', whenUnset: 'off' }),
      'What happens to documents that are neither in `schema/operations` nor sent by the pages, also by caller: `ANONYMOUS=enforce,CUSTOMER=log`.',
    ),
    AUTH_JWKS_URL: setting(
      z.url({ error: 'must be an address' }).optional(),
      'Key set of an OpenID Connect issuer whose tokens are accepted. Requires AUTH_ISSUER and AUTH_AUDIENCE.',
    ),
    AUTH_ISSUER: setting(z.string().optional(), 'Expected `iss` claim of its tokens.'),
    AUTH_AUDIENCE: setting(z.string().optional(), 'Expected `aud` claim of its tokens.'),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof securitySettings>>>;

/** The settings as the parts of the gateway read them. */
export function toSecurity(value: Values): SecurityConfig {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = value;
  return {
    production: value.NODE_ENV === 'production',
    allowedOrigins: value.ALLOWED_ORIGINS ?? [],
    allowedHosts: value.ALLOWED_HOSTS ?? [],
    trustedProxies: value.TRUSTED_PROXIES,
    requestTimeoutMs: value.REQUEST_TIMEOUT_MS,
    maxInFlight: value.MAX_IN_FLIGHT,
    limits: {
      inFlightPerCaller: value.IN_FLIGHT_PER_CALLER,
      connections: value.MAX_CONNECTIONS,
      connectionsPerAddress: value.CONNECTIONS_PER_ADDRESS,
      anonymousSocketsPerAddress: value.ANONYMOUS_SOCKETS,
      anonymousIdleMs: value.ANONYMOUS_IDLE_MS,
      unreadBytes: value.UNREAD_BYTES,
      readTimeoutMs: value.READ_TIMEOUT_MS,
    },
    costPerOperation: value.COST_PER_OPERATION,
    costBucket: value.COST_BUCKET,
    costPerSecond: value.COST_PER_SECOND,
    trustedDocuments: value.TRUSTED_DOCUMENTS,
    issuer: jwksUrl && issuer && audience ? { jwksUrl, issuer, audience } : null,
  };
}

/** The name of an issuer's setting that is missing although another is there. */
export function missingIssuerSetting(env: NodeJS.ProcessEnv): string | undefined {
  const names = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'];
  return names.some(name => env[name]) ? names.find(name => !env[name]) : undefined;
}
