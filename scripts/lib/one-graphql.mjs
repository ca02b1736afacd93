import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, root } from './root.mjs';

function* copiesIn(modules) {
  if (!existsSync(modules)) return;
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const folder = join(modules, entry.name);
    if (entry.name.startsWith('@')) yield* copiesIn(folder);
    else {
      if (entry.name === 'graphql') yield folder;
      yield* copiesIn(join(folder, 'node_modules'));
    }
  }
}

function describe(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return name === 'graphql' ? `${version} in ${relative(root, folder)}` : undefined;
}

/** Fails unless there is exactly one copy of graphql, because types of two copies are incompatible. */
export function checkOneGraphql() {
  const copies = [...copiesIn(inRoot('node_modules'))].map(describe).filter(Boolean);
  if (copies.length === 1) return { code: 0, output: '' };
  return {
    code: 1,
    output: `There must be one copy of graphql, and there are ${copies.length}:\n${copies.join('\n')}`,
  };
}
