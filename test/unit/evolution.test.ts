import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';

const schema = readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evolution-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ENTRY = '## [Unreleased]\n\n- A change.\n\n## [0.9.0] - 2026-11-26\n';

/** What `npm run check` says of a schema that follows one that was released. */
function complaints(released: string, now: string, changelog = ENTRY): string[] {
  const paths = Object.entries({ released, now, changelog }).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/evolution.mjs'), ...paths]);
  const lines = stderr.toString().split('\n').filter(Boolean);
  expect([lines, status]).toEqual([lines, lines.length > 0 ? 1 : 0]);
  return lines;
}

const before = `
  enum State { ON OFF }
  input Filter { state: State }
  type Thing { id: ID! name: String }
  type Query { thing(id: ID!): Thing things(filter: Filter): [Thing!]! }`;
const after = (from: string, to: string) => {
  expect(before).toContain(from);
  return before.replace(from, to);
};

test('the schema has no breaking change to the released one that is not announced', () => {
  const [released, changelog] = ['released.graphql', 'CHANGELOG.md'].map(name =>
    readFileSync(join(ROOT, 'schema', name), 'utf8'),
  );
  expect(complaints(released ?? '', schema, changelog)).toEqual([]);
});

test('a breaking change can be announced until 1.0.0, in the words of the check', () => {
  const now = after('name: String', 'name: Int');
  const message = "Field 'Thing.name' changed type from 'String' to 'Int'";
  const announcing = ENTRY.replace('- A change.', `### Breaking\n\n- ${message}: a reason.`);
  expect(complaints(before, now, announcing)).toEqual([]);
  expect(complaints(before, now, announcing.replace('0.9.0', '1.0.0'))).toEqual([message]);
  expect(complaints(before, now, announcing.replace('Breaking', 'Changed'))).toEqual([message]);
  expect(complaints(before, now, announcing.replace('Int', 'Float'))).toEqual([message]);
});

test('a change needs an entry in the changelog, and a description does not', () => {
  const none = ENTRY.replace('- A change.\n', '');
  expect(complaints(before, after('name: String', 'name: String colour: String'), none)).toEqual([
    "Describe under [Unreleased] in schema/CHANGELOG.md: Field 'colour' was added to object type 'Thing'",
  ]);
  expect(complaints(before, after('name: String', '"A name." name: String'), none)).toEqual([]);
});

/** The changelog after a release of `version`, or why there is none. */
function withRelease(text: string, version: string): string {
  const code = `import { withRelease } from '${join(ROOT, 'scripts/lib/schema-changelog.mjs')}';
    const [text, version] = process.argv.slice(1);
    try { process.stdout.write(withRelease(text, version, '2026-12-01')); } catch (error) { process.stdout.write(error.message); }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code, text, version]).stdout.toString();
}

test('a release takes the entries and a later version', () => {
  expect(withRelease(ENTRY, '0.10.0')).toBe(
    '## [Unreleased]\n\n## [0.10.0] - 2026-12-01\n\n- A change.\n\n## [0.9.0] - 2026-11-26\n',
  );
  expect(withRelease(ENTRY, '0.9.0')).toBe('0.9.0 is not later than the released version, 0.9.0.');
  expect(withRelease(ENTRY, '0.8.10')).toBe('0.8.10 is not later than the released version, 0.9.0.');
  expect(withRelease(ENTRY, '1')).toBe('Name the version: npm run schema:release -- 1.2.3');
  expect(withRelease(ENTRY.replace('- A change.\n', ''), '1.0.0')).toBe(
    'Describe the changes under [Unreleased] in schema/CHANGELOG.md first.',
  );
});

test.each([
  ['a field more', 'name: String', 'name: String colour: String'],
  ['an argument more that may be left out', 'thing(id: ID!)', 'thing(id: ID!, fresh: Boolean)'],
  ['a value more', 'ON OFF', 'ON OFF BROKEN'],
  ['a field that is never null any more', 'name: String', 'name: String!'],
  ['a deprecation with its day', 'name: String', 'name: String @deprecated(reason: "Goes on 2099-01-31.")'],
])('%s is not a breaking change', (_, from, to) => {
  expect(complaints(before, after(from, to))).toEqual([]);
});

test.each([
  ['name: String', '', "Field 'name' was removed from object type 'Thing'"],
  ['name: String', 'name: Int', "Field 'Thing.name' changed type from 'String' to 'Int'"],
  ['id: ID!', 'id: ID', "Field 'Thing.id' changed type from 'ID!' to 'ID'"],
  ['ON OFF', 'ON', "Enum value 'OFF' was removed from enum 'State'"],
  ['state: State', 'state: State!', "Input field 'Filter.state' changed type from 'State' to 'State!'"],
  ['thing(id: ID!)', 'thing(id: ID!, of: ID!)', "Argument 'of: ID!' added to field 'Query.thing'"],
  ['things(filter: Filter)', 'things', "Argument 'filter: Filter' was removed from field 'Query.things'"],
])('%s that becomes %s is a breaking change', (from, to, said) => {
  expect(complaints(before, after(from, to))).toEqual([said]);
});

test('a deprecated member can be removed on its date, and not before', () => {
  const deprecated = (date: string) =>
    after('name: String', `name: String @deprecated(reason: "Goes on ${date}.")`);
  const gone = after('name: String', '');
  expect(complaints(deprecated('2020-01-31'), gone)).toEqual([]);
  expect(complaints(deprecated('2099-01-31'), gone)).toHaveLength(1);
});

test('a deprecation without a date is rejected everywhere', () => {
  const undated = '@deprecated(reason: "Use something else.")';
  const found = (from: string, to: string) => complaints(before, after(from, to));
  expect(found('name: String', `name: String ${undated}`)).toHaveLength(1);
  expect(found('ON OFF', `ON OFF ${undated}`)).toHaveLength(1);
  expect(found('filter: Filter', `filter: Filter ${undated}`)).toHaveLength(1);
  expect(found('state: State', `state: State ${undated}`)).toHaveLength(1);
});
