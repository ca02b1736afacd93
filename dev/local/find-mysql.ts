import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { type CommandLine, ServerMissing } from './engine';
import { isMariadb } from './find-mariadb';
import { findPrograms } from './find-program';

/** Folder that Debian's packages of MySQL are unpacked into, with every library that they need. */
export const UNPACKED_MYSQL = join(packageRoot, '.data/packages/mysql');

const MISSING =
  'The private database needs MySQL, which is not on this machine: install MySQL 8 or later, run this where ' +
  'apt-get can download it, or set DATABASE_URL.';

/** MySQL's server on this machine. */
export interface MysqlServer {
  command: CommandLine;
  /** Options that every start needs, after the one that names a file of defaults. */
  options: readonly string[];
}

/** Finds MySQL's server, an installed one or the one that was unpacked. */
export function findMysql(): MysqlServer {
  for (const server of findPrograms('mysqld')) {
    if (!isMariadb(server)) return { command: [server], options: [] };
  }
  return unpacked();
}

/** The server with its own loader: the C library of its packages can be newer than that of the machine. */
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
