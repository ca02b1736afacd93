import { rootUserArguments } from './engine';
import type { MariadbPrograms } from './find-mariadb';
import type { ServerLog } from './server-log';
import { spawnTied } from './spawn-tied';

/** Creates MariaDB's system tables in `home`/`folder`. Only the system user `admin` can use its root account. */
export async function installMariadb(
  { installer }: MariadbPrograms,
  home: string,
  folder: string,
  log: ServerLog,
  admin = 'root',
): Promise<void> {
  const account = [
    '--auth-root-authentication-method=socket',
    `--auth-root-socket-user=${admin}`,
    '--skip-test-db',
  ];
  // A relative path, because the installer is a shell script that does not support spaces in paths.
  const args = ['--no-defaults', `--datadir=./${folder}`, ...account, ...rootUserArguments()];
  const ended = await spawnTied(installer, args, { cwd: home, output: log.fd }).exited;
  if (ended !== 'exit code 0') throw new Error(`mariadb-install-db failed: ${log.reason() ?? ended}`);
}
