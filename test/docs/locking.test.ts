import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages, ROOT } from './support/pages';

const LOCKS = /FOR UPDATE|FOR SHARE|LOCK IN SHARE MODE|SKIP LOCKED|GET_LOCK|INSERT IGNORE|ON DUPLICATE KEY/;

test('every file that locks rows is on the page about locks', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const locking = sources.filter(
    name => name.endsWith('.ts') && LOCKS.test(readFileSync(join(ROOT, 'src', name), 'utf8')),
  );
  const page = pages.find(({ path }) => path === 'docs/locking.md')?.source ?? '';
  expect(locking.length).toBeGreaterThan(10);
  expect(locking.filter(name => !page.includes(name))).toEqual([]);
});
