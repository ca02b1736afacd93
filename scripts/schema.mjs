import { ensureBuilt } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { ensurePicture } from './lib/picture.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run schema -- [--check]

Generates the SDL, the references in docs, the picture of the rooms and the types of the example from code. --check only
compares them.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  const { code } = await run(process.execPath, ['dist/dev/references/emit.js', ...args]);
  const check = args.includes('--check');
  const picture = ensurePicture({ check });
  if (picture.output) console.error(picture.output);
  const codegen = [...args, '--config', 'examples/partner/codegen.json'];
  const example = await run(inRoot('node_modules', '.bin', 'graphql-codegen'), codegen, { quiet: true });
  if (example.code !== 0) console.error(example.output);
  return code || picture.code || example.code;
}, HELP);
