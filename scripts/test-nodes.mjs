import { ensureBuilt } from './lib/build.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

/** Oldest supported version, and the later LTS releases. */
const VERSIONS = ['20.19', '22', '24'];
/** Tests that depend on Node: sockets, streams, processes, modules, numbers and dates. */
const TESTS = [
  'test/unit',
  'test/http/checkout',
  'test/http/openid-connect',
  'test/stream/websocket',
  'test/stream/sse',
  'test/integration/commands',
  'test/integration/sentences',
  'test/crash/drain',
];

const HELP = `Usage: npm run test:nodes -- [FILE …]

Runs the tests that depend on Node with Node ${VERSIONS.join(', ')}. The npm package "node" has the programs.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  let failed = 0;
  for (const version of VERSIONS) {
    console.log(`Node ${version}`);
    const node = ['--yes', '--package', `node@${version}`, 'node'];
    const { code } = await run('npx', [...node, jest, ...(args.length > 0 ? args : TESTS)]);
    if (code !== 0) failed += 1;
  }
  return failed > 0 ? 1 : 0;
}, HELP);
