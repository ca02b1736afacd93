import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { requireBuilt } from './lib/dist.mjs';
import { ensureModules } from './lib/modules.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

const HELP = `Usage: npm start

Installs and builds what is missing, starts a private database and a provider simulator, and serves the gateway.

Environment:
  PORT          port of the gateway (default 4000)
  DATABASE      private database: mariadb (default) or mysql
  DATABASE_URL  database to use instead of a private one
  PROVIDER_URL  provider to use instead of the simulator
  DATA_DIR      folder of the private data (default .data)
  DEMO_DATA     fill an empty database with the demo data: 1 or 0 (default 1 with the private database)`;

await script(async (_args, stopListening) => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
  if (!process.env.DATABASE_URL) await ensureDatabase();
  // In this process, so that signals reach the gateway, and MariaDB and the simulator end with it.
  const { start } = requireBuilt('dev/local/start.js');
  // The start listens for signals itself.
  stopListening();
  await start();
}, HELP);
