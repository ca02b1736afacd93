import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { saveFigures, tableOf } from './lib/chaos-table.mjs';
import { ensureDatabase } from './lib/database.mjs';
import { ensureModules } from './lib/modules.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:chaos -- [FILE …] [--save]

Runs a gateway under load while its database, provider, clock, disks or process fail. Prints the responses to clients,
the time to recovery, and lost or duplicate effects. Clock scenarios need Debian's faketime, which is installed if that
is allowed. Scenarios of full disks run as root only.

Options:
  --save  write the table to docs/reliability.md; takes no files`;

await script(async args => {
  const saves = args.includes('--save');
  const rest = args.filter(arg => arg !== '--save');
  if (saves && rest.length > 0) throw new Error('--save writes the whole table. Run it without files.');
  await ensureModules();
  await ensureBuilt();
  await ensureDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'skybasket-chaos-'));
  const results = join(folder, 'results');
  writeFileSync(results, '');
  try {
    const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
    const own = ['--config', 'jest.chaos.config.cjs', ...rest];
    const { code } = await run(process.execPath, [jest, ...own], {
      env: { ...process.env, CHAOS_RESULTS: results },
    });
    const rows = readFileSync(results, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
    const table = tableOf(rows);
    console.log(table);
    if (saves && code === 0) saveFigures(table);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, HELP);
