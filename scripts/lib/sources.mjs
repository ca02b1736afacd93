import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

function* filesUnder(path) {
  const found = statSync(inRoot(path), { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) {
    yield `${path} ${found.mtimeMs} ${found.size}`;
    return;
  }
  for (const name of readdirSync(inRoot(path)).sort()) yield* filesUnder(join(path, name));
}

/** Fingerprint that changes when a file at or under these paths is edited, added or deleted. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(path)) hash.update(`${file}\n`);
  }
  return hash.digest('hex');
}

/** Fingerprint of all files that the build compiles. */
export function sourcesFingerprint() {
  const { include } = JSON.parse(readFileSync(inRoot('tsconfig.build.json'), 'utf8'));
  return fingerprint([...include, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
}
