import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { type CommandLine, ServerMissing } from './engine';
import { isMariadb } from './find-mariadb';
import { findPrograms } from './find-program';

/** Folder for the unpacked Debian packages of MySQL and their libraries. */
export const UNPACKED_MYSQL = join(packageRoot, '.data/packages/mysql');

const MISSING =
  'The private database needs MySQL, which is not installed. Install MySQL 8 or later, run this command where ' +
  'apt-get can download it, or set DATABASE_URL.';

/** Server of MySQL on this machine. */
export interface MysqlServer {
  command: CommandLine;
  /** Options of every start, after the option for the defaults file. */
  options: readonly string[];
}

/** Finds the installed or the unpacked server of MySQL. */
export function findMysql(): MysqlServer {
  for (const server of findPrograms('mysqld')) {
    if (!isMariadb(server)) return { command: [server], options: [] };
  }
  return unpacked();
}

/** Runs the server with its own loader, because the C library of its packages can be newer than that of the machine. */
function unpacked(): MysqlServer {
  const usr = join(UNPACKED_MYSQL, 'usr');
  const libraries = libraryFolder(usr);
  const loader = readdirSync(libraries).find(name => name.startsWith('ld-linux'));
  if (!loader) throw new ServerMissing(MISSING);
  return {
    command: [join(libraries, loader), '--library-path', libraries, join(usr, 'sbin/mysqld')],
    options: [
      `--basedir=${usr}`,
      `--lc-messages-dir=${usr}/share/mysql`,
      `--character-sets-dir=${usr}/share/mysql/charsets`,
      `--plugin-dir=${usr}/lib/mysql/plugin`,
    ],
  };
}

function libraryFolder(usr: string): string {
  try {
    const name = readdirSync(join(usr, 'lib')).find(each => each.endsWith('-linux-gnu'));
    if (name) return join(usr, 'lib', name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  throw new ServerMissing(MISSING);
}
