import { ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { ensureWebBuilt } from './lib/web.mjs';

const HELP = `Usage: npm run test:browser -- [FILE …]

Tests the console and the playground in Chromium.`;

await script(async args => {
  await ensureModules();
  await ensureBuilt();
  await ensureWebBuilt();
  if (!process.env.TEST_DATABASE_URL) await ensureDatabase();
  await ensureChromium();
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [jest, '--config', 'jest.browser.config.cjs', ...args]);
  return code;
}, HELP);
