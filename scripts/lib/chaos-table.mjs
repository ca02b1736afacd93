import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';

const BEGIN = '<!-- figures of npm run test:chaos -->';
const END = '<!-- end of the figures -->';
const GROUPS = ['Database', 'Provider', 'Process', 'Disk', 'Clock'];

/** Responses with their counts, the most frequent first. */
const answers = seen =>
  Object.entries(seen)
    .sort(([, one], [, other]) => other - one)
    .map(([how, count]) => `${how}: ${count}`)
    .join(', ') || 'nothing';

/** Returns the results of the scenarios as a Markdown table. */
export function tableOf(rows) {
  const cells = [...rows]
    .sort((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group))
    .map(({ group, fault, seen, orders, recoveryS, completeS, lost, doubled }) => [
      `${group}: ${fault}`,
      answers(seen),
      orders,
      recoveryS.toFixed(1),
      completeS.toFixed(1),
      lost,
      doubled,
    ]);
  const table = [
    [
      'fault',
      'answers seen by clients',
      'orders',
      'seconds to recover',
      'until orders are complete',
      'lost',
      'doubled',
    ],
    ...cells,
  ].map(row => row.map(String));
  const widths = table[0].map((_, column) => Math.max(...table.map(row => row[column].length)));
  const line = row => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = widths.map(width => '-'.repeat(width));
  return [table[0], rule, ...table.slice(1)].map(line).join('\n');
}

/** Replaces the figures of docs/reliability.md. */
export function saveFigures(table) {
  const path = inRoot('docs', 'reliability.md');
  const text = readFileSync(path, 'utf8');
  const [before] = text.split(BEGIN);
  const [, after] = text.split(END);
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(
    path,
    `${before}${BEGIN}\n\nMeasured on ${date} on Node ${process.versions.node}.\n\n${table}\n\n${END}${after}`,
  );
}
