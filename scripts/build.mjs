import { ensureBuilt } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

const HELP = `Usage: npm run build

Compiles the gateway and builds the pages into dist.`;

await script(async () => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
}, HELP);
