import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages, ROOT } from './support/pages';

/** Locks in SQL, in options of TypeORM, and by the functions that take them. */
const LOCKS =
  /FOR UPDATE|FOR SHARE|LOCK IN SHARE MODE|SKIP LOCKED|GET_LOCK|INSERT IGNORE|ON DUPLICATE KEY|pessimistic_|setLock\(|orUpdate\(|orIgnore\(|\block[A-Z]\w*\(/;

test('every file that locks rows is on the page about locks', () => {
  const locking = ['src', 'dev'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(
      name => name.endsWith('.ts') && LOCKS.test(readFileSync(join(ROOT, folder, name), 'utf8')),
    ),
  );
  const page = pages.find(({ path }) => path === 'docs/locking.md')?.source ?? '';
  expect(locking.length).toBeGreaterThan(10);
  expect(locking.filter(name => !page.includes(name))).toEqual([]);
});
