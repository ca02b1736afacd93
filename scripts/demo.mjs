import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run demo

Plays the ordering stories against a running gateway, or one of its own.

Environment:
  SKYBASKET_URL  address of the gateway`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  // Only a gateway of the demo's own needs one; where it can't be had, that gateway's start says so.
  if (!process.env.SKYBASKET_URL) await ensureDatabase().catch(() => undefined);
  const { code } = await run(process.execPath, ['dist/dev/demo/main.js', ...args]);
  return code;
}, HELP);
