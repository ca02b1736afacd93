import { spawnSync } from 'node:child_process';
import { requireBuilt } from './dist.mjs';
import { run } from './run.mjs';

// --no-remove: never take somebody's MySQL away to make room.
const INSTALL = ['install', '-y', '--no-install-recommends', '--no-remove'];
const PACKAGES = ['mariadb-server-core', 'mariadb-client-core'];

const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return succeeds('sudo', '-n', 'true') ? ['sudo', '-n'] : undefined;
}

async function apt(prefix, ...args) {
  const line = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  console.log(`> ${line.join(' ')}`);
  const { code, output } = await run(line[0], line.slice(1), { quiet: true });
  if (code !== 0) console.error(output);
  return code === 0;
}

/** Finds MariaDB for the private server, or installs its two small packages where that is allowed (Debian, as root). */
export async function ensureMariadb() {
  const { findMariadb, MariadbMissing } = requireBuilt('src/local/find-mariadb.js');
  try {
    findMariadb();
  } catch (missing) {
    const prefix = rootPrefix();
    if (!(missing instanceof MariadbMissing) || !prefix || !succeeds('apt-get', '--version')) throw missing;
    console.log('Installing MariaDB for the private database …');
    // A failed update may still leave lists that are good enough to install from.
    await apt(prefix, 'update');
    if (!(await apt(prefix, ...INSTALL, ...PACKAGES))) throw missing;
    findMariadb();
  }
}
