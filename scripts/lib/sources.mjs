import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

const ALSO = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

function* filesUnder(path) {
  const found = statSync(inRoot(path), { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) {
    yield `${path} ${found.mtimeMs} ${found.size}`;
    return;
  }
  for (const name of readdirSync(inRoot(path)).sort()) yield* filesUnder(join(path, name));
}

/** One value that changes when any source of the build is edited, added or deleted. */
export function sourcesFingerprint() {
  const { include } = JSON.parse(readFileSync(inRoot('tsconfig.build.json'), 'utf8'));
  const hash = createHash('sha256');
  for (const path of [...include, ...ALSO]) {
    for (const file of filesUnder(path)) hash.update(`${file}\n`);
  }
  return hash.digest('hex');
}
