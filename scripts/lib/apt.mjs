import { spawnSync } from 'node:child_process';
import { run } from './run.mjs';

// --no-remove: never take somebody's software away to make room.
const INSTALL = ['install', '-y', '--no-install-recommends', '--no-remove'];

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

/** Installs Debian's packages where that is allowed (Debian, as root); false where it is not, or failed. */
export async function aptInstall(...packages) {
  const prefix = rootPrefix();
  if (!prefix || !succeeds('apt-get', '--version')) return false;
  // A failed update may still leave lists that are good enough to install from.
  await apt(prefix, 'update');
  return apt(prefix, ...INSTALL, ...packages);
}
