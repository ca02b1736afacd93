import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/config';
import { Manifest } from '../../src/graphql';
import { readManifestFile } from '../../src/graphql/manifest-file';

const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = 'query Viewer { viewer { id } }';
const apollo = (version: unknown, operations: unknown) => ({
  format: 'apollo-persisted-query-manifest',
  version,
  operations,
});

function file(content: unknown): string {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test.each([
  ['a list of texts', [TEXT], [{ text: TEXT }]],
  [
    'the manifest of Apollo',
    apollo(1, [{ id: 'own', name: 'Viewer', type: 'query', body: TEXT }]),
    [{ id: 'own', text: TEXT }],
  ],
  ['the file of Relay', { '0ab1': TEXT }, [{ id: '0ab1', text: TEXT }]],
])('%s is read', (_, content, expected) => {
  const path = file(content);
  expect(readManifestFile(path)).toEqual(expected);
  const manifest = Manifest.read(join(folder, 'none'), join(folder, 'none.json'), [path]);
  expect([...manifest.operationNames]).toEqual(['Viewer']);
  for (const { id } of expected as { id?: string }[]) {
    if (id) expect(manifest.textOf(id)).toBe(TEXT);
  }
});

test.each([
  ['another version of Apollo', apollo(2, [])],
  ['an operation of Apollo without an id', apollo(1, [{ body: TEXT }])],
  ['an object of objects', { '0ab1': { text: TEXT } }],
  ['a number', 1],
  ['no JSON', 'query Viewer { viewer { id } }'],
  ['a text that is not GraphQL', { '0ab1': 'query {' }],
])('%s is refused with the name of the file', (_, content) => {
  const path = file(content);
  const read = () => readManifestFile(path);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(path);
});

test('a file that is missing is refused with its name', () => {
  const path = join(folder, 'missing.json');
  expect(() => Manifest.read(folder, path, [path])).toThrow(path);
});
