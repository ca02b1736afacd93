import { buildSchema, parse, validate } from 'graphql';
import { deprecatedElements } from '../../src/graphql';

const schema = buildSchema(`
  enum Colour { RED GREEN @deprecated(reason: "Goes on 2030-01-01.") }
  input Filter { colour: Colour  old: Int @deprecated(reason: "Goes on 2030-01-01.")  inner: Filter }
  type Thing { id: ID  name: String @deprecated(reason: "Goes on 2030-01-01.") }
  type Query {
    thing: Thing
    things(filter: Filter, first: Int @deprecated(reason: "Goes on 2030-01-01.")): [Thing]
  }`);

function used(text: string): readonly string[] {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return deprecatedElements(schema, document);
}

test.each([
  ['{ thing { id } things(filter: { colour: RED }) { id } }', []],
  ['{ thing { name } }', ['Thing.name']],
  ['{ thing { a: name b: name ...f } } fragment f on Thing { name }', ['Thing.name']],
  ['{ things(first: 1) { id } }', ['Query.things(first:)']],
  ['{ things(filter: { colour: GREEN }) { id } }', ['Colour.GREEN']],
  ['{ things(filter: { inner: { old: 1 } }) { id } }', ['Filter.old']],
  [
    'query ($first: Int) { things(first: $first, filter: { old: 2 }) { name } }',
    ['Query.things(first:)', 'Filter.old', 'Thing.name'],
  ],
])('%s uses %j', (text, expected) => {
  expect(used(text)).toEqual(expected);
});

test('a document is checked once', () => {
  const document = parse('{ thing { name } }');
  expect(deprecatedElements(schema, document)).toBe(deprecatedElements(schema, document));
});
