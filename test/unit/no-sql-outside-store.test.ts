import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';

/** Whether the linter finds persistence in a line of code. */
function isFound(line: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'no-sql-'));
  try {
    const plugins = [join(ROOT, 'scripts/lint/no-sql-outside-store.grit')];
    const linter = { rules: { recommended: false } };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ root: true, plugins, linter }));
    writeFileSync(join(folder, 'sample.ts'), `${line}\n`);
    const biome = join(ROOT, 'node_modules/.bin/biome');
    const { status, stdout, stderr } = spawnSync(biome, ['lint', '.'], { cwd: folder, encoding: 'utf8' });
    const isRefused = /Rows are found and written in/.test(stdout + stderr);
    expect([status, isRefused]).toEqual([isRefused ? 1 : 0, isRefused]);
    return isRefused;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['a find by the manager of a session', 'export const a = (tx: any) => tx.manager.find(1);', true],
  [
    'a manager that was taken out of a session',
    'export const a = ({ manager }: any) => manager.find(1);',
    true,
  ],
  ['rows of a session', 'export const a = (context: any) => context.db.rows("x");', true],
  ['TypeORM', "import { In } from 'typeorm'; export const a = In([]);", true],
  ['a statement', 'export const a = `UPDATE orders SET version = 1`;', true],
  ['a clause', "export const a = 'WHERE id = ?';", true],
  ['a column of a table', "export const a = 't.recipientId = ?';", true],
  ['a unit of work', 'export const a = (db: any) => db.transaction(() => undefined);', false],
  ['a sentence', "export const a = 'Select one from where you are: it is updated.';", false],
])('the linter judges %s', (_, line, found) => {
  expect(isFound(line)).toBe(found);
});
