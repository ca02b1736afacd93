import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

let counter = 0;
const unique = (path: string) => `${path}.${process.pid}.${counter++}`;

/** Reads a lock file. Undefined if it does not exist. */
export function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Creates a lock file unless it exists. Atomic: one of several processes succeeds, and no reader sees a partial file. */
export function createLock(path: string, text: string): boolean {
  const draft = unique(path);
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Atomically replaces the text of the lock file of this process. */
export function rewriteLock(path: string, text: string): void {
  const draft = unique(path);
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** Removes a stale lock file, unless another process has replaced it since it was read. */
export function removeStaleLock(path: string, stale: string): void {
  const aside = unique(path);
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readLock(aside);
  if (moved !== undefined && moved !== stale) createLock(path, moved);
  rmSync(aside, { force: true });
}
