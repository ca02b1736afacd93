import { aptUnpack } from './apt.mjs';
import { requireBuilt } from './dist.mjs';

/** Libraries of those packages that a machine without them lacks. */
const LIBRARIES = {
  haproxy: ['liblua5.3-0', 'libopentracing-c-wrapper0', 'libopentracing1'],
  rsync: ['libpopt0'],
};

/** Finds what a database cluster and its proxy are run with, or unpacks Debian's packages beside the data. */
export async function ensureClusterPackages() {
  const { findPrograms, ProgramsMissing, UNPACKED } = requireBuilt('dev/cluster/programs.js');
  try {
    findPrograms();
  } catch (missing) {
    if (!(missing instanceof ProgramsMissing)) throw missing;
    const packages = missing.packages.flatMap(name => [name, ...(LIBRARIES[name] ?? [])]);
    console.log(`The cluster needs ${missing.packages.join(', ')}, unpacked into .data/packages.`);
    if (!(await aptUnpack(UNPACKED, ...packages))) throw missing;
    findPrograms();
  }
}
