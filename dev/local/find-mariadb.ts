import { spawnSync } from 'node:child_process';
import { ServerMissing } from './engine';
import { findPrograms } from './find-program';

const REMEDY =
  'Install MariaDB (on Debian: apt-get install mariadb-server-core mariadb-client-core), or set DATABASE_URL';

/** Paths of the programs of MariaDB. */
export interface MariadbPrograms {
  server: string;
  installer: string;
}

/** Whether a program is the server of MariaDB. `mysqld` can be MariaDB or MySQL. */
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
    else throw new ServerMissing(`${server} exists, but mariadb-install-db is missing. ${REMEDY}.`);
  }
  if (other)
    throw new ServerMissing(`The private database needs MariaDB, but ${other} is another server. ${REMEDY}.`);
  throw new ServerMissing(`The private database needs MariaDB, which is not installed. ${REMEDY}.`);
}
