import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

const STAMP = inRoot('node_modules', '.skybasket-lock');

// --no-save: npm ci fails on a lock made on another platform, and a plain install may rewrite the lock.
// --include=dev: the build needs the compiler, also where NODE_ENV says production.
const INSTALL = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the packages when they are missing, or when the lock file is not the one they were installed from. */
export async function ensureModules() {
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.log('Installing packages (npm install) …');
  rmSync(STAMP, { force: true });
  const { code, output } = await run('npm', INSTALL, { quiet: true });
  if (code !== 0) throw new Error(`${output}\nnpm install failed; the reason is above.`);
  writeFileSync(STAMP, lock);
}
