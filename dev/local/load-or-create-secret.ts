import { randomBytes } from 'node:crypto';
import { createLock, readLock, rewriteLock } from './lock-file';

/** Loads the secret of a file, or creates a random one. Only the owner can read the file. */
export function loadOrCreateSecret(path: string): string {
  const kept = readLock(path)?.trim();
  if (kept) return kept;
  const made = randomBytes(32).toString('base64url');
  // A crash of the machine can leave an empty file. If two processes create one, both use the first.
  if (kept === '') rewriteLock(path, made);
  else if (!createLock(path, made)) return loadOrCreateSecret(path);
  return made;
}
