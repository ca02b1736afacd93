import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { argumentValues } from '../../src/graphql/argument-values';
import { coerceVariables } from '../../src/graphql/coerce-variables';
import { slotOf } from '../../src/graphql/slots';

const schema = buildSchema(`
  input Filter { name: String!, size: Int = 3 }
  enum Color { RED }
  scalar Any
  type Query {
    field(a: Int, b: Int!, c: String, d: Filter, e: [ID!], f: Int = 7, g: Float, h: Boolean, i: ID, j: Color, k: Any): Int
    direct(a: Int, b: String!, c: ID): Int
  }`);
const fields = (schema.getQueryType() as GraphQLObjectType).getFields();

const VALUES: unknown[] = [
  undefined,
  null,
  0,
  -0,
  1,
  1.5,
  2 ** 31,
  -(2 ** 31),
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'text',
  '5',
  true,
  false,
  {},
  { name: 'n' },
  { name: 1 },
  { other: 1 },
  [],
  ['x'],
  [1, null],
  'RED',
];
const TYPES = ['Int', 'Float', 'String', 'ID', 'Boolean', 'Filter', '[ID!]', 'Color', 'Any'];
const DEFAULTS: Record<string, string> = { Int: '4', Float: '1', String: '"s"', ID: '8', Boolean: 'true' };

const operationOf = (text: string) => getOperationAST(parse(text)) as OperationDefinitionNode;
const textOf = (value: unknown) =>
  JSON.stringify(value, (_, inner) =>
    Object.is(inner, -0) ? '-0' : inner instanceof Error ? inner.message : inner,
  );

const declarations = TYPES.flatMap(type => [
  type,
  `${type}!`,
  ...(DEFAULTS[type]
    ? [`${type} = ${DEFAULTS[type]}`, `${type}! = ${DEFAULTS[type]}`, `${type} = null`]
    : []),
]);

test.each(declarations)('a variable of type %s is coerced like in graphql-js', declaration => {
  for (const name of ['v', 'constructor', '__proto__']) {
    const operation = operationOf(`query ($${name}: ${declaration}) { field(b: 1) }`);
    for (const value of VALUES) {
      // As JSON.parse creates it: the name of a prototype is a name like others.
      const own = Object.fromEntries([[name, value]]);
      for (const sent of value === undefined ? [{}, own] : [own]) {
        const expected = getVariableValues(schema, operation.variableDefinitions ?? [], sent, {
          maxErrors: 5,
        });
        expect(textOf(coerceVariables(schema, operation, sent))).toBe(textOf(expected));
      }
    }
  }
});

const calls: [name: string, call: string][] = [
  ['field', 'field(b: $v)'],
  ['field', 'field(b: $v, a: $w)'],
  ['field', 'field(b: 1, c: $v, d: { name: $w })'],
  ['field', 'field(f: $v, b: 2)'],
  ['field', 'field(e: [$v], b: 2)'],
  ['direct', 'direct(a: $v, b: $w)'],
  ['direct', 'direct(b: $w, c: $v)'],
  ['direct', 'direct(b: $v)'],
  ['direct', 'direct(b: "constant", a: $v)'],
];

test.each(calls)('the arguments of %s in %s are those of graphql-js', (name, call) => {
  const field = fields[name] as GraphQLField<unknown, unknown>;
  const { selectionSet } = operationOf(`query ($v: Any, $w: Any) { ${call} }`);
  const [node] = selectionSet.selections as [never];
  const slot = slotOf(field, node, 0);
  const outcome = (values: () => unknown) => {
    try {
      return textOf(values());
    } catch (error) {
      return `failed: ${(error as Error).message}`;
    }
  };
  for (const v of VALUES) {
    for (const variables of [{}, { v }, { w: 'w' }, { v, w: 'w' }, { v, w: null }]) {
      expect(outcome(() => argumentValues(slot, variables))).toBe(
        outcome(() => getArgumentValues(field, node, variables)),
      );
    }
  }
});
