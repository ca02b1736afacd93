import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

const MODULES = inRoot('node_modules');
const STAMP = inRoot('node_modules', '.skybasket-lock');
/** Exists while an installation runs: one that was interrupted leaves it. */
const INSTALLING = inRoot('node_modules', '.skybasket-installing');
/** npm writes this file at the end of an installation. */
const COMPLETE = inRoot('node_modules', '.package-lock.json');

// --no-save: an installation of the start changes no file of the repository.
// --include=dev: the build needs the compiler, also where NODE_ENV says production.
const INSTALL = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the packages when they are missing, or when the lock file is not the one they were installed from. */
export async function ensureModules() {
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  removeInterrupted();
  rmSync(STAMP, { force: true });
  mkdirSync(MODULES, { recursive: true });
  writeFileSync(INSTALLING, '');
  console.log('Installing packages (npm install) …');
  // On a terminal npm shows its own progress.
  const { code, output } = await run('npm', INSTALL, { quiet: !process.stdout.isTTY });
  if (code !== 0) throw new Error(`${output}\nnpm install failed; the reason is above.`.trim());
  rmSync(INSTALLING, { force: true });
  writeFileSync(STAMP, lock);
}

/** Removes what an interrupted installation left: npm takes a package for complete that lacks files. */
function removeInterrupted() {
  if (!existsSync(MODULES) || (existsSync(COMPLETE) && !existsSync(INSTALLING))) return;
  console.log('An installation of the packages was interrupted; it begins again.');
  rmSync(MODULES, { recursive: true, force: true });
}
