import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.mjs';

/** Columns with states (`stateColumns` of src/store/stateful.ts). A test compares the two lists. */
export const STATE_COLUMNS = ['state', 'syncState'];

const LITERAL = /`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
/** Assignments of an UPDATE or an upsert, up to its condition. */
const ASSIGNS = /\b(?:SET|ON\s+DUPLICATE\s+KEY\s+UPDATE)\b(.*?)(?:\bWHERE\b|$)/gs;
const STATE = new RegExp(`(?:^|[\\s,.\`(])(?:${STATE_COLUMNS.join('|')})[\`}]?\\s*=`);

/** Returns the SQL of `source` that assigns a state. */
function stateWrites(source) {
  return (source.match(LITERAL) ?? []).filter(literal =>
    [...literal.slice(1, -1).matchAll(ASSIGNS)].some(([, assigned]) => STATE.test(assigned)),
  );
}

/**
 * Fails if SQL in `folder` writes a state column. Only `store/transition.ts` and `store/advance.ts` write states. A patch
 * with a state does not compile (`Patch` in src/database/rows.ts). The simulator stores its records without SQL.
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
