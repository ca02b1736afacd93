import { ensureBuilt } from './lib/build.mjs';
import { ensureLayers } from './lib/layers.mjs';
import { ensureModules } from './lib/modules.mjs';
import { ensurePicture } from './lib/picture.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run schema -- [--check]

Writes the files that are generated from code: the SDL, the references in docs, the layers. --check compares them.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  const { code } = await run(process.execPath, ['dist/src/resolvers/emit-references.js', ...args]);
  const check = args.includes('--check');
  const layers = ensureLayers({ check });
  const picture = ensurePicture({ check });
  for (const { output } of [layers, picture]) if (output) console.error(output);
  return code || layers.code || picture.code;
}, HELP);
