import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// OWASP's password storage cheat sheet: scrypt with N = 2^15, r = 8, p = 3, which takes 32 MB.
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const MAX_MEMORY = 64 * 1024 * 1024;

/** What a user without a password has in its place, as those of API keys: it is the hash of nothing. */
export const NO_PASSWORD = 'none';

const HASH_PATTERN = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w+/]+={0,2})\$([\w+/]{43}=)$/;

/** `scrypt$N$r$p$salt$hash` of a password in NFKC, salt and hash in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY });
  return formatHash(salt, hash);
}

const formatHash = (salt: Buffer, hash: Buffer): string =>
  ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');

/** Compared with where there is no hash, so that the answer takes as long. No password is known to match it. */
const DUMMY_HASH = formatHash(randomBytes(16), randomBytes(KEY_BYTES));

/**
 * Whether `hash` was made of `password`. Takes as long for any hash: one of no password, or undefined for a user that
 * does not exist, matches nothing. A hash made before passwords were normalized matches what was typed then.
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const known = HASH_PATTERN.exec(hash ?? '');
  const parts = known ?? HASH_PATTERN.exec(DUMMY_HASH);
  const typed = new Set([password.normalize('NFKC'), password]);
  let matches = false;
  for (const text of typed) matches = (await derivesTo(text, parts as RegExpExecArray)) || matches;
  return known !== null && matches;
}

async function derivesTo(text: string, [, N, r, p, salt = '', hash = '']: RegExpExecArray): Promise<boolean> {
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: MAX_MEMORY };
  const actual = await derive(text, Buffer.from(salt, 'base64'), KEY_BYTES, options);
  return timingSafeEqual(actual, Buffer.from(hash, 'base64'));
}
