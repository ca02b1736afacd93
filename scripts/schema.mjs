import { ensureBuilt } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  const { code } = await run(process.execPath, ['dist/src/resolvers/emit-references.js', ...args]);
  return code;
});
