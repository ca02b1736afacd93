import { randomBytes } from 'node:crypto';
import { createLock, readLock, rewriteLock } from './lock-file';

/** A random secret that is made once and kept in a file that only its owner reads. */
export function loadOrCreateSecret(path: string): string {
  const kept = readLock(path)?.trim();
  if (kept) return kept;
  const made = randomBytes(32).toString('base64url');
  // An empty file is what a crash of the machine leaves; of two processes that make a new one, both use the first.
  if (kept === '') rewriteLock(path, made);
  else if (!createLock(path, made)) return loadOrCreateSecret(path);
  return made;
}
