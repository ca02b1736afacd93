import { aptUnpack } from './apt.mjs';
import { ensureDatabase } from './database.mjs';
import { requireBuilt } from './dist.mjs';

/** Libraries that those packages need. */
const LIBRARIES = {
  haproxy: ['liblua5.3-0', 'libopentracing-c-wrapper0', 'libopentracing1'],
  rsync: ['libpopt0'],
};

async function ensure(find) {
  const { ProgramsMissing, UNPACKED } = requireBuilt('dev/cluster/programs.js');
  try {
    find();
  } catch (missing) {
    if (!(missing instanceof ProgramsMissing)) throw missing;
    const packages = missing.packages.flatMap(name => [name, ...(LIBRARIES[name] ?? [])]);
    console.log(`${missing.packages.join(', ')} will be unpacked into .data/packages.`);
    if (!(await aptUnpack(UNPACKED, ...packages))) throw missing;
    find();
  }
}

/** Finds the programs of HAProxy and of the cluster that `DATABASE` names, or unpacks their Debian packages. */
export async function ensureClusterPackages(env = process.env) {
  const { findProxy, findGalera } = requireBuilt('dev/cluster/programs.js');
  await ensureDatabase(env);
  await ensure(findProxy);
  if (requireBuilt('dev/local/engines.js').chooseEngine(env).id === 'mariadb') await ensure(findGalera);
}

/** Finds nginx, or unpacks its Debian package. */
export async function ensureHttpCache() {
  await ensure(requireBuilt('dev/cluster/programs.js').findCache);
}
