import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.mjs';

/** The columns that hold states (`stateColumns` of src/store/stateful.ts); a test compares the two. */
export const STATE_COLUMNS = ['state', 'syncState'];

const LITERAL = /`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
/** The assignments of an UPDATE or of an upsert, up to its condition. */
const ASSIGNS = /\b(?:SET|ON\s+DUPLICATE\s+KEY\s+UPDATE)\b(.*?)(?:\bWHERE\b|$)/gs;
const STATE = new RegExp(`(?:^|[\\s,.\`(])(?:${STATE_COLUMNS.join('|')})[\`}]?\\s*=`);

/** The SQL of `source` that assigns a state. */
function stateWrites(source) {
  return (source.match(LITERAL) ?? []).filter(literal =>
    [...literal.slice(1, -1).matchAll(ASSIGNS)].some(([, assigned]) => STATE.test(assigned)),
  );
}

/**
 * Fails when SQL in `folder` writes a state column: `store/transition.ts` and `store/advance.ts` write states. A patch that
 * has a state does not compile (`Patch` in src/database/rows.ts). The simulator keeps records of its own, without SQL.
 */
export function checkStates(folder = join(root, 'src')) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.startsWith('migrations'))
    .map(name => join(folder, name));
  const found = files.flatMap(file =>
    stateWrites(readFileSync(file, 'utf8')).map(sql => `${relative(root, file)}: ${sql}`),
  );
  return {
    code: found.length > 0 ? 1 : 0,
    output: found.length > 0 ? `Move rows with store/transition.ts instead:\n${found.join('\n')}` : '',
  };
}
