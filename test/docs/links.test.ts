import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../support/root';
import { pages } from './support/pages';

const anchorsOf = new Map(pages.map(({ path, anchors }) => [path, anchors]));

/** What is wrong with a link to `to` in `path`; undefined where a reader arrives. */
function trouble(path: string, to: string): string | undefined {
  if (/^(https?|mailto):/.test(to)) return undefined;
  const [file = '', anchor] = decodeURI(to).split('#');
  const target = file === '' ? path : normalize(join(dirname(path), file));
  if (!existsSync(join(ROOT, target))) return 'there is no such file';
  if (anchor === undefined || anchorsOf.get(target)?.has(anchor)) return undefined;
  return 'there is no such heading';
}

test('every link to a file or a heading resolves', () => {
  const broken = pages.flatMap(({ path, links }) =>
    links.flatMap(({ at, to }) => {
      const why = trouble(path, to);
      return why ? [`${at} ${to}: ${why}`] : [];
    }),
  );
  expect(broken).toEqual([]);
});

test('every type of the schema reference has a unique heading', () => {
  const headings = [
    ...(pages.find(({ path }) => path === 'docs/schema.md')?.source.matchAll(/^#+ (.*)$/gm) ?? []),
  ];
  const names = headings.map(([, name = '']) => name.replace('.', '').toLowerCase());
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every document is linked to from another', () => {
  const linked = new Set(
    pages.flatMap(({ path, links }) =>
      links.map(({ to }) => normalize(join(dirname(path), to.split('#')[0] ?? ''))).filter(to => to !== path),
    ),
  );
  const lost = pages.filter(({ path }) => path !== 'README.md' && !linked.has(path) && !inLinkedFolder(path));
  expect(lost.map(({ path }) => path)).toEqual([]);

  function inLinkedFolder(path: string): boolean {
    return linked.has(dirname(path));
  }
});

test('every named script exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const known = new Set([...Object.keys(scripts), 'ci', 'install']);
  const missing = pages.flatMap(({ path, source }) =>
    [...source.matchAll(/\bnpm (?:run (?:-s )?)?([a-z][\w:-]*)/g)].flatMap(([said, name]) =>
      /^npm run/.test(said) || ['start', 'test'].includes(name ?? '')
        ? known.has(name ?? '')
          ? []
          : [`${path}: ${said}`]
        : [],
    ),
  );
  expect(missing).toEqual([]);
});

/** Made by the build of the pages, which these tests do not need. */
const GENERATED = 'web/generated';

test('every file named in backticks exists', () => {
  const missing = pages.flatMap(({ path, source }) =>
    [
      ...source.matchAll(
        /`((?:src|dev|test|scripts|schema|client|docs|bench|examples|deploy|web)\/[\w./-]+)`/g,
      ),
    ].flatMap(([, name = '']) =>
      name === GENERATED || existsSync(join(ROOT, name)) ? [] : [`${path}: ${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

test('each file of the change that CONTRIBUTING.md walks through has the name to search for', () => {
  const source = pages.find(({ path }) => path === 'CONTRIBUTING.md')?.source ?? '';
  const rows = [...source.matchAll(/^\| `([^`]+)` +\|[^|]*\| `([^`]+)` +\|$/gm)];
  expect(rows).toHaveLength(22);
  const wrong = rows.filter(
    ([, path = '', name = '']) => !readFileSync(join(ROOT, path), 'utf8').includes(name),
  );
  expect(wrong.map(([row]) => row)).toEqual([]);
});
