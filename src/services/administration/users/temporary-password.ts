import { randomBytes } from 'node:crypto';
import { currentTimeMs } from '../../../clock';
import { hashPassword } from '../../identity/passwords';

const LIFETIME_DAYS = 7;

/** Temporary password: shown once, valid for a week, and only to choose another one. */
export interface TemporaryPassword {
  password: string;
  /** Columns of the user to write. */
  columns: { passwordHash: string; oneTimeUntil: Date };
}

/** Creates a temporary password of 96 random bits. */
export async function createTemporaryPassword(): Promise<TemporaryPassword> {
  const password = randomBytes(12).toString('base64url');
  const oneTimeUntil = new Date(currentTimeMs() + LIFETIME_DAYS * 24 * 3600 * 1000);
  return { password, columns: { passwordHash: await hashPassword(password), oneTimeUntil } };
}
