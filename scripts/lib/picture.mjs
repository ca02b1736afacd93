import { readFileSync, writeFileSync } from 'node:fs';
import { ROOMS } from '../../.dependency-cruiser.mjs';
import { inRoot } from './root.mjs';

const PAGE = inRoot('docs', 'architecture.md');
/** Rooms with a process of their own. */
const PROCESSES = ['commands'];
const [BEGIN, END] = ['```mermaid\n', '```\n'];

/** Rooms of src from top to bottom, each with the rooms that it can import. */
function layers() {
  const all = Object.entries(ROOMS);
  const known = Object.keys(ROOMS).filter(room => !PROCESSES.includes(room));
  return new Map([...all, ['main', known]].reverse());
}

/** Arrows of the transitive reduction: without those that other arrows imply. */
function arrows(mayImport) {
  const reach = (from, seen = new Set()) => {
    for (const to of mayImport.get(from) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      reach(to, seen);
    }
    return seen;
  };
  return [...mayImport].flatMap(([from, all]) =>
    all.filter(to => !all.some(via => via !== to && reach(via).has(to))).map(to => [from, to]),
  );
}

function picture() {
  const lines = arrows(layers()).map(([from, to]) => `  ${from} --> ${to}`);
  return ['flowchart TD', '  main["main, app"]', ...lines, ''].join('\n');
}

/** Rows of the table of rooms whose last cell differs from the rule. */
function wrongRows(page, mayImport) {
  const rows = [...page.matchAll(/^\| `src\/([\w-]+)` +\|[^|]*\|([^|]*)\|$/gm)];
  const said = new Map(rows.map(([, room, cell]) => [room, cell.trim()]));
  return [...mayImport].flatMap(([room, others]) => {
    if (room === 'main') return [];
    const wanted = others.length > 0 ? others.join(', ') : 'nothing of ours';
    const names = text => text?.split(', ').sort().join();
    return names(said.get(room)) === names(wanted) ? [] : [`src/${room} may import: ${wanted}`];
  });
}

/** Writes the picture to docs/architecture.md. With `check`, only compares the page with .dependency-cruiser.mjs. */
export function ensurePicture({ check }) {
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN) + BEGIN.length;
  const drawn = page.slice(0, begin) + picture() + page.slice(page.indexOf(END, begin));
  if (!check) writeFileSync(PAGE, drawn);
  const troubles = [
    ...(check && drawn !== page
      ? ['The picture is not what .dependency-cruiser.mjs says: run npm run schema.']
      : []),
    ...wrongRows(page, layers()),
  ];
  return {
    code: troubles.length > 0 ? 1 : 0,
    output: troubles.map(line => `docs/architecture.md: ${line}`).join('\n'),
  };
}
