import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Distributions keep servers where the PATH of an ordinary user does not look.
const ALSO = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/local/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
];
const REMEDY =
  'install MariaDB (on Debian: apt-get install mariadb-server-core mariadb-client-core), or set DATABASE_URL';

/** There is no MariaDB to start on this machine. */
export class MariadbMissing extends Error {}

/** The two programs that a private server needs. */
export interface MariadbPrograms {
  server: string;
  installer: string;
}

function* candidates(...names: string[]): Generator<string> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...ALSO];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (existsSync(path)) yield path;
    }
  }
}

function isMariadb(server: string): boolean {
  return spawnSync(server, ['--version'], { encoding: 'utf8' }).stdout?.includes('MariaDB') ?? false;
}

/** Finds MariaDB's server and its installer; what is called mysqld may be MySQL, which this does not start. */
export function findMariadb(): MariadbPrograms {
  const installer = candidates('mariadb-install-db', 'mysql_install_db').next().value;
  let other: string | undefined;
  for (const server of candidates('mariadbd', 'mysqld')) {
    if (!isMariadb(server)) other ??= server;
    else if (installer) return { server, installer };
    else throw new MariadbMissing(`${server} is here but mariadb-install-db is not: ${REMEDY}.`);
  }
  if (other)
    throw new MariadbMissing(`${other} is not MariaDB, which the private database needs: ${REMEDY}.`);
  throw new MariadbMissing(`The private database needs MariaDB, which is not on this machine: ${REMEDY}.`);
}
