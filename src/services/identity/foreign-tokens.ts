import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { currentTime } from '../../clock';
import { requestError } from '../../errors';
import type { IdentityMetrics } from '../../observability';

/** An OpenID Connect issuer whose tokens are accepted. */
export interface IssuerSettings {
  jwksUrl: string;
  issuer: string;
  audience: string;
}

/** The user that a token of another issuer identifies, and the time of its expiry. */
export interface ForeignClaims {
  email: string;
  /** Identifier of the user at the issuer. */
  subject: string | undefined;
  expiresAt: Date;
}

/** Reads the tokens of an OpenID Connect issuer. */
export interface ForeignTokens {
  /** Undefined for an expired or foreign token, or an unverified e-mail. Throws UNAVAILABLE if keys cannot be fetched. */
  read(token: string): Promise<ForeignClaims | undefined>;
  /** Records that no active user has the e-mail of a verified token. */
  unknownEmail(claims: ForeignClaims): void;
}

// Signed with a private key: a shared secret would let every verifier issue tokens.
const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

/** Difference between the clocks of the issuer and the database that is tolerated. */
const TOLERANCE_SECONDS = 5;

/** Reports what happens with tokens of the issuer. A log line never has an e-mail address. */
function createReport(metrics: IdentityMetrics, log: Logger) {
  let away = false;
  const refused = (outcome: string, subject: string | undefined, message: string) => {
    metrics.tokens.inc({ outcome });
    log.warn({ subject, outcome }, message);
  };
  return {
    verified() {
      if (away) log.info('the keys of the identity provider can be fetched again');
      away = false;
    },
    unavailable(err: unknown) {
      metrics.tokens.inc({ outcome: 'unavailable' });
      // One line for an outage: every request with a token meets it.
      if (!away) log.warn({ err }, 'the keys of the identity provider cannot be fetched');
      away = true;
    },
    accepted: () => metrics.tokens.inc({ outcome: 'accepted' }),
    invalid: () => metrics.tokens.inc({ outcome: 'invalid' }),
    unverifiedEmail: (subject?: string) =>
      refused('unverified_email', subject, 'the e-mail of a token of the identity provider is not verified'),
    unknownEmail: (subject?: string) =>
      refused('unknown_email', subject, 'no active user has the e-mail of a token of the identity provider'),
  };
}

/** Tokens verified by the JWKS of the issuer. The verified e-mail finds the user; roles are those of the gateway. */
export function createForeignTokens(
  { jwksUrl, issuer, audience }: IssuerSettings,
  metrics: IdentityMetrics,
  log: Logger,
): ForeignTokens {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3000, cooldownDuration: 5000 });
  const report = createReport(metrics, log);

  const verify = async (token: string): Promise<JWTPayload | undefined> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: SIGNATURE_ALGORITHMS,
        currentDate: currentTime(),
        clockTolerance: TOLERANCE_SECONDS,
      });
      report.verified();
      return payload;
    } catch (error) {
      if (!isOutage(error)) return undefined;
      report.unavailable(error);
      throw requestError('UNAVAILABLE');
    }
  };

  return {
    async read(token) {
      // Without this, any text with the form of a token would have the keys fetched.
      if (!isIssuedBy(token, issuer)) return undefined;
      const payload = await verify(token);
      const { exp, email, email_verified: verified, sub: subject } = payload ?? {};
      if (!payload || !exp) {
        report.invalid();
        return undefined;
      }
      if (typeof email !== 'string' || verified !== true) {
        report.unverifiedEmail(subject);
        return undefined;
      }
      report.accepted();
      return { email, subject, expiresAt: new Date(exp * 1000) };
    },
    unknownEmail: ({ subject }) => report.unknownEmail(subject),
  };
}

/** Returns whether the token says that it is of this issuer. Does not verify it. */
function isIssuedBy(token: string, issuer: string): boolean {
  try {
    return decodeJwt(token).iss === issuer;
  } catch {
    return false;
  }
}

/** Returns whether the keys could not be fetched: jose has codes for everything that is wrong with a token itself. */
function isOutage(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  // A status other than 200 and an answer that is not JSON have the generic code; the network has none of jose's.
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}
