import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

// --no-remove: never remove installed packages.
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

/** Installs Debian packages (on Debian, as root). Resolves to false if that is not allowed or fails. */
export async function aptInstall(...packages) {
  const prefix = rootPrefix();
  if (!prefix || !succeeds('apt-get', '--version')) return false;
  // After a failed update, the old lists can still be sufficient.
  await apt(prefix, 'update');
  return apt(prefix, ...INSTALL, ...packages);
}

/**
 * Unpacks Debian packages into `folder` without installing them: starts no service, creates no user, and changes nothing
 * but the folder. Needs no root. Resolves to false if apt-get cannot download them.
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
 * Unpacks packages of another `suite` of the Debian archive, with all their dependencies. Does not change the lists and
 * sources of the machine.
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
    // An empty status file: libraries of this machine can be too old, so all dependencies are downloaded.
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

/** Unpacks the archives in the folder that `download` resolves to, all or none. */
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
