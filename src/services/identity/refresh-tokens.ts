import { createHmac, randomBytes } from 'node:crypto';
import { hashSecret } from './secrets';

/** Bytes of a refresh token's secret that all tokens of a session share. The other half differs in each. */
const FAMILY_BYTES = 16;

const familyBytes = (secret: string) => Buffer.from(secret, 'base64url').subarray(0, FAMILY_BYTES);

/** The hash by which any token of a session is known as one, however old it is. */
export const familyHash = (secret: string): string => hashSecret(familyBytes(secret).toString('base64url'));

/** What a successor is derived with. It is stored: without the token before, it tells nothing. */
export const newSalt = (): string => randomBytes(32).toString('hex');

/** The secret that follows `secret`: the same for everybody who exchanges it, so two tabs keep one session. */
export function successor(secret: string, salt: string): string {
  const own = createHmac('sha256', salt)
    .update(secret)
    .digest()
    .subarray(0, 32 - FAMILY_BYTES);
  return Buffer.concat([familyBytes(secret), own]).toString('base64url');
}
