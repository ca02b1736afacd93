import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm test -- [FILE …] [OPTION …]

Runs the tests with jest. Arguments are those of jest: paths pick files, -t picks tests by name.

Environment:
  DATABASE           private server: mariadb (default) or mysql
  TEST_DATABASE_URL  server to use instead of a private one`;

await script(async args => {
  await ensureModules();
  // The crash tests start processes from dist.
  await ensureBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [jest, ...args]);
  return code;
}, HELP);
