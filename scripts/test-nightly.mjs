import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:nightly -- [jest options]

Runs the property tests, the fuzzing of transports and the races of a subscription's life with more cases. DOCUMENTS, RUNS
and ROUNDS set their numbers; SEED repeats a run.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  process.env.DOCUMENTS ??= '10000';
  process.env.RUNS ??= '2000';
  process.env.ROUNDS ??= '5';
  const { code } = await run(process.execPath, [
    jest,
    'test/properties',
    'test/http/fuzz',
    'test/races/life',
    ...args,
  ]);
  return code;
}, HELP);
