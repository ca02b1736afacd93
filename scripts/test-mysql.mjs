import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:mysql -- [FILE …] [OPTION …]

Runs the tests on a private MySQL, and the tests of test/mysql. Arguments are those of jest.

Environment:
  TEST_DATABASE_URL  MySQL to use for most tests instead of a private one`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  const env = { ...process.env, DATABASE: 'mysql' };
  await ensureDatabase(env);
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--config', 'jest.mysql.config.cjs', ...args];
  const { code } = await run(process.execPath, [jest, ...options], { env });
  return code;
}, HELP);
