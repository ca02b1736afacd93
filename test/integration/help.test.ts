import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/root';

const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** Our own commands; others are those of tools, which have a help of their own. */
const own = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file, ...args] = /^exec node (\S+)(?: (\S+))?$/.exec(command) ?? [];
  return file ? [[name, file, args.filter(Boolean)] as const] : [];
});

const run = (file: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [resolve(ROOT, file), ...args], {
    // Nothing is set: help needs no setting, no database and no package.
    env: { PATH: process.env.PATH },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

test('every npm script but the formatter is a script of this repository', () => {
  expect(Object.keys(scripts).filter(name => !own.some(([ours]) => ours === name))).toEqual(['format']);
});

test.each(own)('npm run %s --help prints the help and does nothing else', async (_, file, args) => {
  for (const help of ['--help', '-h']) {
    const { code, stdout, stderr } = await run(file, ...args, help);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: (npm|node) /);
    expect(stdout.split('\n').length).toBeGreaterThan(2);
  }
});

/** Options without which a command does not begin. */
const NEEDED: Readonly<Record<string, string[]>> = {
  setup: ['--email', 'ada@example.com', '--name', 'Ada'],
  'export-charges': ['--from', '2026-04-01', '--until', '2026-05-01'],
};

test.each(['setup', 'reconcile', 'import-catalog', 'export-charges', 'remove-old-events', 'serve'])(
  '%s rejects an unknown option with one sentence',
  async name => {
    const file = own.find(([ours]) => ours === name)?.[1] ?? '';
    const needed = NEEDED[name] ?? [];
    const { code, stdout, stderr } = await run(file, ...needed, '--nonsense');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toBe("error: unknown option '--nonsense'");
  },
);
