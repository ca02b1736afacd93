import { aptInstall } from './apt.mjs';
import { requireBuilt } from './dist.mjs';

/** Finds MariaDB for the private server, or installs its two small packages where that is allowed. */
export async function ensureMariadb() {
  const { findMariadb, MariadbMissing } = requireBuilt('src/local/find-mariadb.js');
  try {
    findMariadb();
  } catch (missing) {
    if (!(missing instanceof MariadbMissing)) throw missing;
    console.log('MariaDB is needed for the private database, and missing.');
    if (!(await aptInstall('mariadb-server-core', 'mariadb-client-core'))) throw missing;
    findMariadb();
  }
}
