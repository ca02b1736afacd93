import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from '../docs/support/pages';
import { ROOT } from '../support/root';

const linesOf = (text: string) => text.split('\n').flatMap(line => line.trim() || []);

const tested = ['test/clients', 'test/clients/support'].flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith('.ts'))
    .flatMap(name => linesOf(readFileSync(join(ROOT, folder, name), 'utf8'))),
);

test('every line of code of the guide is a line of the tests', () => {
  const guide = pages.find(({ path }) => path === 'docs/guides/clients.md');
  const shown = guide?.blocks.flatMap(({ text }) => linesOf(text)) ?? [];
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter(line => !tested.includes(line))).toEqual([]);
});
