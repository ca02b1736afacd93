import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { breakingChanges, changes, undatedDeprecations } from './lib/evolution.mjs';
import { inRoot } from './lib/root.mjs';
import { announcedBreaks, CHANGELOG, unreleasedEntries, withRelease } from './lib/schema-changelog.mjs';
import { script } from './lib/script.mjs';

const RELEASED = inRoot('schema/released.graphql');
const NOW = inRoot('schema/schema.graphql');

const HELP = `Usage: npm run schema:release -- VERSION

Makes the schema the released one, and the entries under [Unreleased] in schema/CHANGELOG.md those of VERSION.`;

/**
 * Reports breaking changes of schema/schema.graphql (or the second file) against the last release (or the first file) that
 * schema/CHANGELOG.md (or the third file) does not announce, and changes without an entry there. `--release VERSION` makes the schema the released one.
 */
await script(async ([released = RELEASED, schema = NOW, changelog = CHANGELOG]) => {
  if (released === '--release') {
    const [, version] = process.argv.slice(2);
    const text = withRelease(readFileSync(CHANGELOG, 'utf8'), version, new Date().toISOString().slice(0, 10));
    writeFileSync(CHANGELOG, text);
    copyFileSync(NOW, RELEASED);
    return 0;
  }
  const [releasedText, schemaText, log] = [released, schema, changelog].map(path =>
    readFileSync(path, 'utf8'),
  );
  const announced = announcedBreaks(log);
  const broken = (await breakingChanges(releasedText, schemaText)).filter(
    message => !announced.some(entry => entry.startsWith(message)),
  );
  const found = [...broken, ...undatedDeprecations(schemaText)];
  const changed = await changes(releasedText, schemaText);
  if (changed.length > 0 && unreleasedEntries(log) === '') {
    found.push(`Describe under [Unreleased] in schema/CHANGELOG.md: ${changed.join('; ')}`);
  }
  for (const line of found) console.error(line);
  return found.length > 0 ? 1 : 0;
}, HELP);
