import { ensureBuilt } from './lib/build.mjs';
import { ensureClusterPackages } from './lib/cluster-packages.mjs';
import { requireBuilt } from './lib/dist.mjs';
import { ensureModules } from './lib/modules.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

const HELP = `Usage: npm run cluster

Starts three database nodes, three gateways and HAProxy on this machine.

Environment:
  DATABASE  mariadb (default; with Galera) or mysql (with Group Replication)
  PORT      port of the GraphQL API (default 4000)`;

await script(async (_args, stopListening) => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
  await ensureClusterPackages();
  const { start } = requireBuilt('dev/cluster/start.js');
  // The cluster listens for signals itself.
  stopListening();
  await start();
}, HELP);
