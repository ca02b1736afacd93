import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { MariadbPrograms } from './find-mariadb';
import type { MariadbLog } from './mariadb-log';
import { spawnTied } from './spawn-tied';

const UNFINISHED = 'mariadb.new-';

/** The arguments without which a server that root starts would become another user, and lose its tie to us. */
export const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

/** Makes the server's system tables in `home`/mariadb, if they are not there yet; a half-made one never has that name. */
export async function installDataDir(
  programs: MariadbPrograms,
  home: string,
  log: MariadbLog,
  admin = 'root',
): Promise<string> {
  const dataDir = join(home, 'mariadb');
  if (existsSync(dataDir)) return dataDir;
  for (const name of readdirSync(home)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(home, name), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(home, UNFINISHED));
  // Its root account answers to the system's `admin` alone, over the socket: the gateway's own is made at every start.
  const account = [
    '--auth-root-authentication-method=socket',
    `--auth-root-socket-user=${admin}`,
    '--skip-test-db',
  ];
  // A relative path: the installer is a shell script that can't live with a space in it.
  const args = ['--no-defaults', `--datadir=./${basename(draft)}`, ...account, ...asRoot()];
  const ended = await spawnTied(programs.installer, args, { cwd: home, output: log.fd }).exited;
  if (ended !== 'exit code 0') {
    throw new Error(`mariadb-install-db failed: ${log.reason() ?? ended}`);
  }
  renameSync(draft, dataDir);
  return dataDir;
}
