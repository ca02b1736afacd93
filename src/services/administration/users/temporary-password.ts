import { randomBytes } from 'node:crypto';
import { currentTimeMs } from '../../../clock';
import { hashPassword } from '../../identity/passwords';

const LIFETIME_DAYS = 7;

/** A password to begin with: shown once, good for a week and for nothing but choosing another. */
export interface TemporaryPassword {
  password: string;
  /** What is kept of it. */
  columns: { passwordHash: string; oneTimeUntil: Date };
}

/** Makes one of 96 random bits. */
export async function createTemporaryPassword(): Promise<TemporaryPassword> {
  const password = randomBytes(12).toString('base64url');
  const oneTimeUntil = new Date(currentTimeMs() + LIFETIME_DAYS * 24 * 3600 * 1000);
  return { password, columns: { passwordHash: await hashPassword(password), oneTimeUntil } };
}
