import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/root';
import { pages } from './support/pages';

/** Locks in SQL, and in options of TypeORM. */
const LOCKS =
  /FOR UPDATE|FOR SHARE|LOCK IN SHARE MODE|SKIP LOCKED|GET_LOCK|INSERT IGNORE|ON DUPLICATE KEY|pessimistic_|setLock\(|orUpdate\(|orIgnore\(/;
/** Functions of the store that lock are named `lock…`. */
const TAKES_LOCK = /import \{[^}]*\block[A-Z]\w*[^}]*\} from '[./]+store'/;

const locks = (source: string) => LOCKS.test(source) || TAKES_LOCK.test(source);

test('every file that locks rows is on the page about locks', () => {
  const locking = ['src', 'dev'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(
      name => name.endsWith('.ts') && locks(readFileSync(join(ROOT, folder, name), 'utf8')),
    ),
  );
  const page = pages.find(({ path }) => path === 'docs/locking.md')?.source ?? '';
  expect(locking.length).toBeGreaterThan(10);
  expect(locking.filter(name => !page.includes(name))).toEqual([]);
});
