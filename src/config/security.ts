import { z } from 'zod';
import { integer, setting } from './setting';

/** Handling of documents outside the manifest. */
export type TrustMode = 'off' | 'log' | 'enforce';

/** Kinds of callers: the roles, and callers without a token. */
export const CALLERS = ['ANONYMOUS', 'CUSTOMER', 'RESELLER', 'ACCOUNT_MANAGER', 'ADMINISTRATOR'] as const;

/** Kind of a caller. */
export type CallerKind = (typeof CALLERS)[number];

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

const files = z.string().transform(text => text.split(',').flatMap(part => part.trim() || []));

/** Whether a text is an origin. `*` stands for any port. */
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

/** Schema of the security settings. */
export function securitySettings() {
  return {
    NODE_ENV: setting(
      z.string().optional(),
      '`production` hides introspection and suggestions from callers without a token, and sends HSTS.',
    ),
    ALLOWED_ORIGINS: setting(
      origins.optional().meta({ values: 'origins with commas between them' }),
      "Allowed origins of browsers, besides the gateway's own.",
    ),
    ALLOWED_HOSTS: setting(
      hosts.optional().meta({ values: 'host names with commas between them' }),
      'Allowed host names of requests, without ports. Defaults to all. `npm start` sets it to the names of this machine while `HOST` is a loopback address, against DNS rebinding.',
    ),
    TRUSTED_PROXIES: setting(
      integer(0, 10, 0),
      'Number of trusted proxies that append to `X-Forwarded-For`.',
    ),
    REQUEST_TIMEOUT_MS: setting(
      integer(100, 600_000, 30_000),
      'Deadline of a query or a mutation, in milliseconds, on every transport and in the database.',
    ),
    MAX_IN_FLIGHT: setting(
      integer(1, 100_000, 1000),
      'Maximum requests in flight, on every transport. More are refused with 503 and `Retry-After`.',
    ),
    IN_FLIGHT_PER_CALLER: setting(
      integer(1, 100_000, 250),
      'Maximum requests in flight of one user, or of one address without a token.',
    ),
    MAX_CONNECTIONS: setting(
      integer(1, 1_000_000, 20_000),
      'Maximum open connections. At the limit, the oldest one without a complete request is closed.',
    ),
    CONNECTIONS_PER_ADDRESS: setting(
      integer(1, 1_000_000, 2000),
      'Maximum open connections of one address (IPv6: /64). WebSockets of signed-in users count toward STREAM_CONNECTIONS instead. Not applied behind TRUSTED_PROXIES.',
    ),
    ANONYMOUS_SOCKETS: setting(
      integer(0, 1_000_000, 500),
      'Maximum WebSockets without a token of one address. More are closed with 4429.',
    ),
    ANONYMOUS_IDLE_MS: setting(
      integer(100, 3_600_000, 60_000),
      'Milliseconds after which a WebSocket without a token and without an operation is closed.',
    ),
    UNREAD_BYTES: setting(
      integer(1_000_000, 10_000_000_000, 64 * 1024 * 1024),
      'Maximum bytes of incomplete requests in memory. At the limit, the oldest connection with an incomplete request is closed.',
    ),
    READ_TIMEOUT_MS: setting(
      integer(100, 300_000, 10_000),
      'Timeout of the head and the body of a request, in milliseconds.',
    ),
    COST_PER_OPERATION: setting(integer(1, 100_000_000, 1000), 'Cost limit of one operation, in points.'),
    COST_BUCKET: setting(
      integer(0, 100_000_000, 20_000),
      'Capacity of the rate limit bucket of a caller, in points. 0 disables the rate limit.',
    ),
    COST_PER_SECOND: setting(integer(1, 10_000_000, 1000), 'Points that refill the bucket each second.'),
    CATALOG_MAX_AGE: setting(
      integer(0, 86_400, 0),
      'Seconds for which browsers and CDNs use an answer to a GET of the public catalog without a token. With 0 they revalidate it each time.',
    ),
    TRUSTED_DOCUMENTS: setting(
      trust
        .prefault('off')
        .meta({ values: '`off`, `log`, `enforce`, or a list by caller', defaultValue: 'off' }),
      'Handling of documents that are neither in `schema/operations` or TRUSTED_DOCUMENTS_FILES nor sent by the pages. Can be set by caller: `ANONYMOUS=enforce,CUSTOMER=log`.',
    ),
    TRUSTED_DOCUMENTS_FILES: setting(
      files.optional().meta({ values: 'paths with commas between them' }),
      'Manifests of further trusted documents: of `@apollo/generate-persisted-query-manifest`, of the Relay compiler (`persistConfig`), or a JSON list of texts. Read at the start.',
    ),
    AUTH_JWKS_URL: setting(
      z.url({ error: 'must be an address' }).optional(),
      'URL of the key set (JWKS) of an OpenID Connect issuer whose tokens are accepted. Requires AUTH_ISSUER and AUTH_AUDIENCE.',
    ),
    AUTH_ISSUER: setting(z.string().optional(), 'Expected `iss` claim of tokens of the issuer.'),
    AUTH_AUDIENCE: setting(z.string().optional(), 'Expected `aud` claim of tokens of the issuer.'),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof securitySettings>>>;

/** Settings of access control and limits. */
export type SecurityConfig = ReturnType<typeof toSecurity>;

/** Converts the environment to security settings. */
export function toSecurity(value: Values) {
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
    catalogMaxAge: value.CATALOG_MAX_AGE,
    trustedDocuments: value.TRUSTED_DOCUMENTS,
    trustedDocumentsFiles: value.TRUSTED_DOCUMENTS_FILES ?? [],
    issuer: jwksUrl && issuer && audience ? { jwksUrl, issuer, audience } : null,
  };
}

/** Returns the name of a missing issuer setting, if another one is set. */
export function missingIssuerSetting(env: NodeJS.ProcessEnv): string | undefined {
  const names = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'];
  return names.some(name => env[name]) ? names.find(name => !env[name]) : undefined;
}
