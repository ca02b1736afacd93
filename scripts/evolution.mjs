import { copyFileSync, readFileSync } from 'node:fs';
import { breakingChanges, undatedDeprecations } from './lib/evolution.mjs';
import { inRoot } from './lib/root.mjs';
import { script } from './lib/script.mjs';

const RELEASED = inRoot('schema/released.graphql');
const NOW = inRoot('schema/schema.graphql');

const HELP = `Usage: npm run schema:release

Compares the schema with the released one; --release makes it the released one.`;

/**
 * Reports breaking changes of schema/schema.graphql (or the second file) against the last release (or the first file).
 * `--release` makes the current schema the released one.
 */
await script(async ([released = RELEASED, schema = NOW]) => {
  if (released === '--release') {
    copyFileSync(NOW, RELEASED);
    return 0;
  }
  const [releasedText, schemaText] = [released, schema].map(path => readFileSync(path, 'utf8'));
  const found = [...(await breakingChanges(releasedText, schemaText)), ...undatedDeprecations(schemaText)];
  for (const line of found) console.error(line);
  return found.length > 0 ? 1 : 0;
}, HELP);
