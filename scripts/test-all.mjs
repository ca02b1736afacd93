import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: npm run test:all

Runs the checks and every test command, one after the other, also after a failure. Prints the result and the time of each.`;

const COMMANDS = [
  'check',
  'test',
  'test:nightly',
  'test:clients',
  'test:nodes',
  'test:mysql',
  'test:browser',
  'test:cluster',
  'test:chaos',
];

await script(async () => {
  const rows = [];
  for (const command of COMMANDS) {
    const from = performance.now();
    const { code } = await run('npm', ['run', command]);
    rows.push({ command, code, minutes: (performance.now() - from) / 60_000 });
  }
  for (const { command, code, minutes } of rows) {
    console.log(
      `${command.padEnd(14)}${code === 0 ? 'passed' : 'FAILED'}${minutes.toFixed(1).padStart(8)} min`,
    );
  }
  return rows.some(({ code }) => code !== 0) ? 1 : 0;
}, HELP);
