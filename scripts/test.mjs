import { ensureBuilt } from './lib/build.mjs';
import { ensureMariadb } from './lib/mariadb.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

await script(async args => {
  await ensureModules();
  // The crash tests start processes of their own from dist.
  await ensureBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureMariadb();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [jest, ...args]);
  return code;
});
