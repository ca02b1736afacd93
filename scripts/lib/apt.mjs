import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/**
 * Unpacks Debian's packages into `folder` without installing them: no service is started, no user made, and nothing but
 * the folder has to be removed. Needs no root; false where apt-get can't download them.
 */
export async function aptUnpack(folder, ...packages) {
  if (!succeeds('apt-get', '--version')) return false;
  const prefix = rootPrefix();
  if (prefix) await apt(prefix, 'update');
  const downloads = mkdtempSync(join(tmpdir(), 'skybasket-packages-'));
  try {
    console.log(`> apt-get download ${packages.join(' ')}`);
    const { code, output } = await run('apt-get', ['download', ...packages], { quiet: true, cwd: downloads });
    if (code !== 0) console.error(output);
    mkdirSync(folder, { recursive: true });
    const archives = readdirSync(downloads).filter(name => name.endsWith('.deb'));
    return code === 0 && archives.every(name => succeeds('dpkg-deb', '-x', join(downloads, name), folder));
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}
