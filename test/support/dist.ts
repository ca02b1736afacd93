import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root';

let checked = false;

/** A compiled file, by its path in `dist`. Fails where `dist` was built from other sources: a test of it would prove nothing. */
export function built(path: string): string {
  if (!checked) {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/stale.mjs')], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr.trim());
    checked = true;
  }
  return join(ROOT, 'dist', path);
}
