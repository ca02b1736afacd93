import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:nightly -- [jest options]

Runs the property tests and the fuzzing of transports with more cases. DOCUMENTS and RUNS set their numbers; SEED repeats a run.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  process.env.DOCUMENTS ??= '10000';
  process.env.RUNS ??= '2000';
  const { code } = await run(process.execPath, [jest, 'test/properties', 'test/http/fuzz', ...args]);
  return code;
}, HELP);
