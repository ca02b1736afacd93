import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run demo

Runs the ordering stories on a running gateway, or on a private one.

Environment:
  SKYBASKET_URL  address of the gateway`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  // Only a private gateway needs a database. If there is none, the start of that gateway reports it.
  if (!process.env.SKYBASKET_URL) await ensureDatabase().catch(() => undefined);
  const { code } = await run(process.execPath, ['dist/dev/demo/main.js', ...args]);
  return code;
}, HELP);
