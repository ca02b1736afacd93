import { ensureBuilt } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { ensurePicture } from './lib/picture.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  const { code } = await run(process.execPath, ['dist/src/resolvers/emit-references.js', ...args]);
  const picture = ensurePicture({ check: args.includes('--check') });
  if (picture.output) console.error(picture.output);
  return code || picture.code;
});
