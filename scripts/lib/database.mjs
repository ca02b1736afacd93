import { aptInstall, aptUnpackFrom } from './apt.mjs';
import { requireBuilt } from './dist.mjs';

const REMEDIES = {
  // Two small packages.
  mariadb: () => aptInstall('mariadb-server-core', 'mariadb-client-core'),
  // Debian's stable releases have no MySQL.
  mysql: () =>
    aptUnpackFrom('sid', requireBuilt('dev/local/find-mysql.js').UNPACKED_MYSQL, 'mysql-server-core'),
};

async function ensure(engine) {
  const { ServerMissing } = requireBuilt('dev/local/engine.js');
  try {
    engine.find();
  } catch (missing) {
    if (!(missing instanceof ServerMissing)) throw missing;
    console.log(`${engine.title} is needed for the private database and is not installed.`);
    if (!(await REMEDIES[engine.id]())) throw missing;
    engine.find();
  }
}

/** Finds the private database server that `DATABASE` names, or downloads it if possible. */
export async function ensureDatabase(env = process.env) {
  await ensure(requireBuilt('dev/local/engines.js').chooseEngine(env));
}
