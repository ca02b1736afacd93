import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
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
  return unpack(folder, async downloads => {
    console.log(`> apt-get download ${packages.join(' ')}`);
    const { code, output } = await run('apt-get', ['download', ...packages], { quiet: true, cwd: downloads });
    if (code !== 0) console.error(output);
    return code === 0 && downloads;
  });
}

const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';
const ARCHIVE = /^(\S+) (\S+)$/m;

/**
 * The same from another `suite` of the Debian archive, with everything that the packages depend on. The lists and the
 * sources of the machine stay as they are.
 */
export function aptUnpackFrom(suite, folder, ...packages) {
  const found = spawnSync('apt-get', [
    'indextargets',
    '--format',
    '$(CODENAME) $(REPO_URI)',
    'Created-By: Packages',
  ]);
  const archive = ARCHIVE.exec(String(found.stdout))?.[2];
  if (!archive || !existsSync(KEYS)) return false;
  return unpack(folder, async downloads => {
    const path = name => join(downloads, name);
    for (const name of ['lists/partial', 'cache/archives/partial'])
      mkdirSync(path(name), { recursive: true });
    writeFileSync(path('sources.list'), `deb [signed-by=${KEYS}] ${archive} ${suite} main\n`);
    // Nothing is installed, as far as it knows: the libraries of this machine may be older.
    writeFileSync(path('status'), '');
    const options = {
      'Dir::Etc::sourcelist': path('sources.list'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::State': downloads,
      'Dir::State::lists': path('lists'),
      'Dir::State::status': path('status'),
      'Dir::Cache': path('cache'),
      'APT::Sandbox::User': userInfo().username,
      'APT::Install-Recommends': '0',
    };
    const own = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    const done =
      (await apt([], ...own, 'update')) &&
      (await apt([], ...own, '--download-only', '--yes', 'install', ...packages));
    return done && path('cache/archives');
  });
}

/** Unpacks the archives of the folder that `download` resolves to; all of them, or none. */
async function unpack(folder, download) {
  const downloads = mkdtempSync(join(tmpdir(), 'skybasket-packages-'));
  const draft = `${folder}.new-${process.pid}`;
  try {
    const from = await download(downloads);
    if (!from) return false;
    mkdirSync(draft, { recursive: true });
    const archives = readdirSync(from).filter(name => name.endsWith('.deb'));
    if (!archives.every(name => succeeds('dpkg-deb', '-x', join(from, name), draft))) return false;
    cpSync(draft, folder, { recursive: true, verbatimSymlinks: true });
    return true;
  } finally {
    for (const each of [downloads, draft]) rmSync(each, { recursive: true, force: true });
  }
}
