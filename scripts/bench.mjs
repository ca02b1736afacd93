import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

const HELP = `Usage: npm run bench -- [NAME …] [--list] [--save]

Measures the gateway. Names pick benchmarks, --list prints them, --save writes docs/benchmark.md.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
  await ensureDatabase();
  const { code } = await run(process.execPath, ['dist/bench/main.js', ...args]);
  return code;
}, HELP);
