import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Rows } from '../support/rows';
import { found, settled, until } from '../support/until';

describe('a wait', () => {
  test('ends as soon as its condition holds', async () => {
    let looks = 0;
    await until(() => {
      looks += 1;
      return looks === 3;
    });
    expect(looks).toBe(3);
    expect(await found(() => looks)).toBe(3);
  });

  test('that misses its deadline names the condition and the open work', async () => {
    const left = ['one', 'two'];
    const waiting = until(() => left.length === 0, { withinMs: 20, open: () => left });
    await expect(waiting).rejects.toThrow(
      /^Awaited for 20 ms: .*left\.length === 0\nStill open: \[\s*"one",\s*"two"\s*\]$/s,
    );
  });

  test('for operations names each that is open, with its step', async () => {
    const open = { id: 'op_1', kind: 'PROVISION', state: 'RUNNING', step: 'ASSIGN_LICENSE' };
    const rows = (async (sql: string) => (sql.includes('COUNT') ? [{ open: 1 }] : [open])) as Rows;
    const waiting = settled(rows, { withinMs: 20 });
    await expect(waiting).rejects.toThrow(/no operation is due.*op_1.*ASSIGN_LICENSE/s);
  });
});

test('a stale build is detected', () => {
  const stamp = join(mkdtempSync(join(tmpdir(), 'stamp-')), '.sources');
  const check = () => {
    const script = resolve(__dirname, '../../scripts/stale.mjs');
    return spawnSync(process.execPath, [script, stamp], { encoding: 'utf8' });
  };
  expect(check().status).toBe(1);
  writeFileSync(stamp, 'other sources');
  expect(check()).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Run `node scripts/build.mjs`'),
  });
});
