import { inRoot } from './root.mjs';

export const CHANGELOG = inRoot('schema', 'CHANGELOG.md');

const UNRELEASED = '## [Unreleased]\n';
const HEADING = /^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/m;

/** Returns the version of the released schema: the first one of the changelog. Throws if there is none. */
function releasedVersion(text) {
  const [, version] = HEADING.exec(text) ?? [];
  if (!version) throw new Error('schema/CHANGELOG.md has no released version.');
  return version;
}

/** Returns the text of the entries that are not released. Empty if there are none. */
export function unreleasedEntries(text) {
  const start = text.indexOf(UNRELEASED);
  if (start < 0) throw new Error('schema/CHANGELOG.md has no heading [Unreleased].');
  const rest = text.slice(start + UNRELEASED.length);
  const end = rest.search(HEADING);
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}

/** Returns the breaking changes that the entries announce. A version before 1.0.0 can make them (Semantic Versioning, 4). */
export function announcedBreaks(text) {
  if (!releasedVersion(text).startsWith('0.')) return [];
  const [, section = ''] = unreleasedEntries(text).split(/^### Breaking$/m);
  const [own = ''] = section.split(/^### /m);
  return own.split('\n').flatMap(line => (line.startsWith('- ') ? line.slice(2) : []));
}

/** Returns the changelog with a heading of the new version over the entries that were not released. */
export function withRelease(text, version, day) {
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
    throw new Error('Name the version: npm run schema:release -- 1.2.3');
  }
  const before = releasedVersion(text);
  if (version.localeCompare(before, 'en', { numeric: true }) <= 0) {
    throw new Error(`${version} is not later than the released version, ${before}.`);
  }
  if (unreleasedEntries(text) === '') {
    throw new Error('Describe the changes under [Unreleased] in schema/CHANGELOG.md first.');
  }
  return text.replace(UNRELEASED, `${UNRELEASED}\n## [${version}] - ${day}\n`);
}
