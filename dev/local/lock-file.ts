import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

let counter = 0;
const unique = (path: string) => `${path}.${process.pid}.${counter++}`;

/** The text of a lock file; undefined when there is none. */
export function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Makes a lock file unless there is one: of many that try, one succeeds, and whoever sees it sees all of it. */
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

/** Gives the lock file that this process holds another text, at once. */
export function rewriteLock(path: string, text: string): void {
  const draft = unique(path);
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** Takes a stale lock file away, unless another process has put its own there since it was read. */
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
