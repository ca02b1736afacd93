import { randomBytes } from 'node:crypto';
import { currentTimeMs } from '../../../clock';
import { hashPassword } from '../../identity/passwords';

const DAYS = 7;

/** A password to begin with: shown once, good for a week and for nothing but choosing another. */
export interface OneTimePassword {
  password: string;
  /** What is kept of it. */
  kept: { passwordHash: string; oneTimeUntil: Date };
}

/** Makes one of 96 random bits. */
export async function newOneTimePassword(): Promise<OneTimePassword> {
  const password = randomBytes(12).toString('base64url');
  const oneTimeUntil = new Date(currentTimeMs() + DAYS * 24 * 3600 * 1000);
  return { password, kept: { passwordHash: await hashPassword(password), oneTimeUntil } };
}
