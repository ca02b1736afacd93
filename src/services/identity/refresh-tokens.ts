import { createHmac, randomBytes } from 'node:crypto';
import { hashSecret } from './secrets';

/** Bytes of a refresh token's secret that all tokens of a session share. The rest differs. */
const FAMILY_BYTES = 16;

const familyBytes = (secret: string) => Buffer.from(secret, 'base64url').subarray(0, FAMILY_BYTES);

/** Hash that identifies any token of a session, however old. */
export const familyHash = (secret: string): string => hashSecret(familyBytes(secret).toString('base64url'));

/** Creates the salt that derives a successor. Reveals nothing without the previous token. */
export const newSalt = (): string => randomBytes(32).toString('hex');

/** Derives the successor of `secret`. Deterministic, so that two tabs keep one session. */
export function successor(secret: string, salt: string): string {
  const own = createHmac('sha256', salt)
    .update(secret)
    .digest()
    .subarray(0, 32 - FAMILY_BYTES);
  return Buffer.concat([familyBytes(secret), own]).toString('base64url');
}
