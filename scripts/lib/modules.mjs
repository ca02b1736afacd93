import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

const MODULES = inRoot('node_modules');
const STAMP = inRoot('node_modules', '.skybasket-lock');
/** Exists during an installation, and after an interrupted one. */
const INSTALLING = inRoot('node_modules', '.skybasket-installing');
/** npm writes this file at the end of an installation. */
const COMPLETE = inRoot('node_modules', '.package-lock.json');

// --no-save: an installation by `npm start` must not change a file of the repository.
// --include=dev: the build needs the compiler, also with NODE_ENV=production.
const INSTALL = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the packages if they are missing, or if the lock file has changed. */
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
  if (code !== 0) throw new Error(`${output}\nnpm install failed. See the output above.`.trim());
  rmSync(INSTALLING, { force: true });
  writeFileSync(STAMP, lock);
}

/** Removes the packages of an interrupted installation, because npm does not detect missing files of a package. */
function removeInterrupted() {
  if (!existsSync(MODULES) || (existsSync(COMPLETE) && !existsSync(INSTALLING))) return;
  console.log('An installation of the packages was interrupted; it begins again.');
  rmSync(MODULES, { recursive: true, force: true });
}
