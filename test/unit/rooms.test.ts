import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/root';

const folder = mkdtempSync(join(tmpdir(), 'skybasket-rooms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports of a file, and the rule that refuses one of them. */
const FILES: Readonly<Record<string, [text: string, rule?: string]>> = {
  'src/clock.ts': ['export const now = 0;'],
  'src/store/orders.ts': ["import type { Plan } from '../services/plan';", 'store'],
  'src/services/orders.ts': ["import { now } from '../clock'; import '../store/orders';"],
  'src/services/plan.ts': ["import type { Step } from './step'; export type Plan = Step[];", 'cycle'],
  'src/services/step.ts': ["import { type Plan } from './plan'; export type Step = Plan;"],
  'src/services/demo.ts': ["import '../../dev/demo';", 'src ships alone'],
  'src/graphql/parse.ts': ["export type { Answer } from '../resolvers/answer';", 'graphql'],
  'src/resolvers/answer.ts': ['export type Answer = object;'],
  'src/attic/old.ts': ["import '../clock';", 'room without a line in the table'],
  'dev/demo.ts': ["import '../src/services/orders';"],
};

test('imports are refused by rooms, also those of types, and so are cycles and files outside the rooms', () => {
  for (const [path, [text]] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const depcruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(ROOT, '.dependency-cruiser.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [depcruise, '--config', config, '--output-type', 'json', 'src', 'dev'],
    { cwd: folder, encoding: 'utf8' },
  );
  const { violations } = JSON.parse(stdout).summary;
  const found = violations.map(({ from, rule }: any) => [from, rule.name]);
  const wanted = Object.entries(FILES).flatMap(([path, [, rule]]) => (rule ? [[path, rule]] : []));
  expect(found.sort()).toEqual(wanted.sort());
});
