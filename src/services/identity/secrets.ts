import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Prefix of a bearer secret, which identifies it for people and secret scanners. */
export type SecretPrefix = 'sbr' | 'sbk';

/** Creates a secret of 256 random bits and its hash, which need not be slow: nobody can guess the secret. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** Hashes a secret with SHA-256, in hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two hashes in constant time. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Formats a bearer secret: `sbk_<id>.<secret>`. */
export const toBearer = (prefix: SecretPrefix, id: string, secret: string) => `${prefix}_${id}.${secret}`;

/** Parses a bearer secret. Undefined for any other text. */
export function fromBearer(prefix: SecretPrefix, bearer: string): { id: string; secret: string } | undefined {
  const [, kind, id, secret] = /^(sb[rk])_([a-z]{2,4}_[0-9a-z]{26})\.([\w-]{43})$/.exec(bearer) ?? [];
  return kind === prefix && id && secret ? { id, secret } : undefined;
}
