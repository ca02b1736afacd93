import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';

const contract = readFileSync(join(ROOT, 'test/contract/next.graphql'), 'utf8');
const schema = readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What `npm run check` says of a contract and a schema. */
function breaks(contractText: string, schemaText: string): string[] {
  const paths = Object.entries({ contractText, schemaText }).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/contract.mjs'), ...paths]);
  const lines = stderr.toString().split('\n').filter(Boolean);
  expect(status).toBe(lines.length > 0 ? 1 : 0);
  return lines;
}

test('the schema contains the whole contract, and everything in it has a description', () => {
  expect(breaks(contract, schema)).toEqual([]);
});

describe('a schema that breaks its contract is detected', () => {
  const whole = `
    """."""
    scalar Money
    """."""
    scalar Unused
    """."""
    interface Node { """.""" id: ID! }
    """."""
    enum State { """.""" OPEN """.""" DONE }
    """."""
    input Filter { """.""" state: State = OPEN }
    """."""
    type Thing implements Node { """.""" id: ID! """.""" price: Money! }
    """."""
    type Other { """.""" name: String }
    """."""
    union Any = Thing | Other
    type Query { """.""" things(""".""" filter: Filter, """.""" first: Int = 20): [Any!]! }`;

  test.each([
    ['itself', '', '', []],
    ['a type less', 'scalar Unused', 'scalar Cash', ['Unused is missing']],
    ['a type of another kind', 'scalar Unused', 'enum Unused { """.""" A }', ['Unused is not a ScalarType']],
    ['a field less', 'price: Money!', 'cost: Money!', ['Thing.price is missing']],
    ['a field that may be null', 'price: Money!', 'price: Money', ['Thing.price is Money, not Money!']],
    ['a value less', 'DONE', 'OVER', ['State has no DONE']],
    ['an interface less', 'Thing implements Node', 'Thing', ['Thing has no Node']],
    ['a member less', 'Thing | Other', 'Thing', ['Any has no Other']],
    ['an argument less', 'first: Int = 20', 'last: Int', ['Query.things(first:) is missing']],
    [
      'an argument of another type',
      'first: Int = 20',
      'first: Int! = 20',
      ['Query.things(first:) is Int!, not Int'],
    ],
    [
      'another default',
      'first: Int = 20',
      'first: Int = 10',
      ['Query.things(first:) has the default 10, not 20'],
    ],
    [
      'no default',
      'state: State = OPEN',
      'state: State',
      ['Filter.state has the default undefined, not "OPEN"'],
    ],
    ['more than that', 'price: Money!', 'price: Money!, """.""" weight: Float', []],
    ['a silent field', '""".""" price', 'price', ['Thing.price has no description']],
    ['a silent value', '""".""" DONE', 'DONE', ['State.DONE has no description']],
    ['a silent argument', '""".""" first', 'first', ['Query.things(first:) has no description']],
    [
      'a relative clause',
      '""".""" price',
      '"""What it costs.""" price',
      ['Thing.price has a description that starts with a relative clause'],
    ],
    [
      'a homely word',
      '""".""" price',
      '"""Price that somebody pays.""" price',
      ['Thing.price has a description that says "somebody"'],
    ],
    ['a silent type', '"""."""\n    interface', 'interface', ['Node has no description']],
  ])('one with %s', (_, from, to, expected) => {
    expect(breaks(whole, whole.replace(from, to))).toEqual(expected);
  });
});

describe('a mutation', () => {
  const schemaOf = (mutation: string) =>
    `type Query { '''.''' a: Int } '''.''' input DoItInput { '''.''' a: Int } '''.''' type DoItPayload { '''.''' a: Int }
     type Mutation { '''.''' ${mutation} }`.replaceAll("'''", '"""');
  const INPUT = `'''.''' input: DoItInput!`;

  test.each([
    ['named after itself', `doIt(${INPUT}): DoItPayload!`, []],
    ['with an optional input', `doIt('''.''' input: DoItInput): DoItPayload!`, []],
    [
      'with another argument',
      `doIt(${INPUT}, '''.''' more: Int): DoItPayload!`,
      ['Mutation.doIt does not take exactly input: DoItInput'],
    ],
    ['without an input', 'doIt: DoItPayload!', ['Mutation.doIt does not take exactly input: DoItInput']],
    [
      'with a nullable payload',
      `doIt(${INPUT}): DoItPayload`,
      ['Mutation.doIt does not return DoItPayload!'],
    ],
    ['that returns a scalar', `doIt(${INPUT}): Int!`, ['Mutation.doIt does not return DoItPayload!']],
  ])('%s', (_, mutation, found) => {
    expect(breaks('scalar Int', schemaOf(mutation))).toEqual(found);
  });
});

test('a section of the contract is compared once its issue has landed, and adds to the types of earlier ones', () => {
  const rule = '-'.repeat(20);
  const contract = `# Preamble.
# ${rule} the graph, before its first release
type Thing { name: String }
type Thing { price: Money }
# ${rule} later
type Thing { weight: Float }`;
  const described = '"""."""';
  const schema = (fields: string) =>
    `type Query { ${described} a: Int } ${described} scalar Money ${described} type Thing { ${fields} }`;
  expect(breaks(contract, schema(`${described} name: String ${described} price: Money`))).toEqual([]);
  expect(breaks(contract, schema(`${described} name: String`))).toEqual(['Thing.price is missing']);
});
