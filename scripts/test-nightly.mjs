import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:nightly -- [jest options]

Runs the property tests, the fuzzing of transports and the races of a subscription's life with more cases, and every case of
the tests of which \`npm test\` plays a sample: crashes, interrupted migrations, injection and the sequence of the stream.

Environment:
  DOCUMENTS, RUNS, ROUNDS  numbers of cases
  SAMPLE                   one of how many cases is played (default 1; 3 in npm test)
  SEED                     repeats a run, as in npm test`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  process.env.DOCUMENTS ??= '10000';
  process.env.RUNS ??= '2000';
  process.env.ROUNDS ??= '5';
  process.env.SAMPLE ??= '1';
  const { code } = await run(process.execPath, [
    jest,
    'test/properties',
    'test/http/fuzz',
    'test/races/life',
    'test/crash',
    'test/http/injection',
    'test/integration/interrupted-migrations',
    'test/stream/sequence',
    ...args,
  ]);
  return code;
}, HELP);
