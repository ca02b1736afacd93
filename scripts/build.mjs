import { ensureBuilt } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

await script(async () => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
});
