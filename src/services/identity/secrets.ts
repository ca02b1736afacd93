import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a bearer keeps: the id of a row, and a secret whose hash the row has. The prefix tells people and scanners what it is. */
export type SecretPrefix = 'sbr' | 'sbk';

/** A new secret, and what is stored of it. 256 random bits need no slow hash: there is nothing to guess. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** SHA-256 in hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two hashes in a time that tells nothing. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** `sbk_<id>.<secret>`: what is given to the bearer. */
export const toBearer = (prefix: SecretPrefix, id: string, secret: string) => `${prefix}_${id}.${secret}`;

/** The id and the secret of what a bearer shows; undefined for anything else. */
export function fromBearer(prefix: SecretPrefix, bearer: string): { id: string; secret: string } | undefined {
  const [, kind, id, secret] = /^(sb[rk])_([a-z]{2,4}_[0-9a-z]{26})\.([\w-]{43})$/.exec(bearer) ?? [];
  return kind === prefix && id && secret ? { id, secret } : undefined;
}
