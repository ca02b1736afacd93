import { ensureBuilt } from './lib/build.mjs';
import { ensureClientTypes } from './lib/client-types.mjs';
import { ensureHttpCache } from './lib/cluster-packages.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:clients -- [FILE …]

Plays the ordering story with Apollo Client, urql, Relay, gql.tada, graphql-request and graphql-sse,
and reads the catalog through nginx as an HTTP cache.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  await ensureClientTypes();
  await ensureHttpCache();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [jest, '--config', 'jest.clients.config.cjs', ...args]);
  return code;
}, HELP);
