import { readFileSync } from 'node:fs';
import { requireBuilt } from './dist.mjs';
import { inRoot } from './root.mjs';

/** Fails if a migration is not safe for a rolling upgrade (docs/migrations.md). */
export async function checkMigrations() {
  const { migrations } = requireBuilt('src/migrations/index.js');
  const { refusals } = requireBuilt('dev/migrations/rolling.js');
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const lines = [];
  for (const Migration of migrations) {
    for (const refusal of await refusals(new Migration(), version))
      lines.push(`${Migration.name} ${refusal}`);
  }
  return { code: lines.length > 0 ? 1 : 0, output: lines.join('\n') };
}
