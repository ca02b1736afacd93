import { spawnSync } from 'node:child_process';
import { ServerMissing } from './engine';
import { findPrograms } from './find-program';

const REMEDY =
  'install MariaDB (on Debian: apt-get install mariadb-server-core mariadb-client-core), or set DATABASE_URL';

/** Paths of MariaDB's programs. */
export interface MariadbPrograms {
  server: string;
  installer: string;
}

/** Whether a server's program is MariaDB. `mysqld` can be MariaDB or MySQL. */
export function isMariadb(server: string): boolean {
  return spawnSync(server, ['--version'], { encoding: 'utf8' }).stdout?.includes('MariaDB') ?? false;
}

/** Finds MariaDB's server and its installer. */
export function findMariadb(): MariadbPrograms {
  const installer = findPrograms('mariadb-install-db', 'mysql_install_db').next().value;
  let other: string | undefined;
  for (const server of findPrograms('mariadbd', 'mysqld')) {
    if (!isMariadb(server)) other ??= server;
    else if (installer) return { server, installer };
    else throw new ServerMissing(`${server} is here but mariadb-install-db is not: ${REMEDY}.`);
  }
  if (other) throw new ServerMissing(`${other} is not MariaDB, which the private database needs: ${REMEDY}.`);
  throw new ServerMissing(`The private database needs MariaDB, which is not on this machine: ${REMEDY}.`);
}
