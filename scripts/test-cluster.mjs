import { ensureBuilt } from './lib/build.mjs';
import { ensureClusterPackages } from './lib/cluster-packages.mjs';
import { ensureMariadb } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:cluster -- [FILE …]

Kills nodes and gateways of a cluster while orders run, and counts what is left.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  await ensureMariadb();
  await ensureClusterPackages();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [jest, '--config', 'jest.cluster.config.cjs', ...args]);
  return code;
}, HELP);
