import { ensureBuilt } from './lib/build.mjs';
import { requireBuilt } from './lib/dist.mjs';
import { ensureMariadb } from './lib/mariadb.mjs';
import { ensureModules } from './lib/modules.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

await script(async () => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
  if (!process.env.DATABASE_URL) await ensureMariadb();
  // In this very process: signals reach the gateway, and its end ends MariaDB and the simulator.
  await requireBuilt('src/local/start.js').start();
});
