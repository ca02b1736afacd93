import { ensureBuilt } from './lib/build.mjs';
import { ensureClusterPackages } from './lib/cluster-packages.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:cluster -- [FILE …]

Kills nodes and gateways of clusters, and partitions a node, while orders run. Checks the results. Runs on
MariaDB with Galera and on MySQL with Group Replication; a FILE of test/cluster selects one of them. Partitions need
network namespaces, which root on Linux can create.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  for (const DATABASE of ['mariadb', 'mysql']) await ensureClusterPackages({ DATABASE });
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [jest, '--config', 'jest.cluster.config.cjs', ...args]);
  return code;
}, HELP);
