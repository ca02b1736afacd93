import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// OWASP's password storage cheat sheet: scrypt with N = 2^15, r = 8, p = 3, which takes 32 MB.
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const MAX_MEMORY = 64 * 1024 * 1024;

/** Placeholder hash of users without a password, such as those of API keys. No password matches it. */
export const NO_PASSWORD = 'none';

const HASH_PATTERN = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w+/]+={0,2})\$([\w+/]{43}=)$/;

/** Hashes a password in NFKC as `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY });
  return formatHash(salt, hash);
}

const formatHash = (salt: Buffer, hash: Buffer): string =>
  ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');

/** Hash to compare with if the user has none, so that the response time is the same. No known password matches it. */
const DUMMY_HASH = formatHash(randomBytes(16), randomBytes(KEY_BYTES));

/** Whether `hash` is of `password`, in equal time for any hash. Hashes from before normalization match the typed text. */
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
