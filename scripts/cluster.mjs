import { ensureBuilt } from './lib/build.mjs';
import { ensureClusterPackages } from './lib/cluster-packages.mjs';
import { requireBuilt } from './lib/dist.mjs';
import { ensureMariadb } from './lib/mariadb.mjs';
import { ensureModules } from './lib/modules.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

await script(async () => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
  await ensureMariadb();
  await ensureClusterPackages();
  await requireBuilt('src/cluster/start.js').start();
});
