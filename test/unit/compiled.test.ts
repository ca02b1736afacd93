import 'reflect-metadata';
import {
  execute,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { Compiler } from '../../src/graphql/compiler';
import { DocumentCache } from '../../src/graphql/document-cache';
import { executionSchema } from '../../src/graphql/execution-schema';
import { Planner } from '../../src/graphql/planner';
import { buildGraph } from '../../src/resolvers/schema';
import { operationNames, operationText } from '../support/operations';

const schema = buildGraph();
const leaves: Record<string, unknown> = {
  Int: 7,
  Float: 0.5,
  Boolean: true,
  DateTime: new Date(0),
  Decimal: '12.50',
  CurrencyCode: 'EUR',
  BigInt: 1e12,
};

/** A value of a type, the same every time; `depth` takes the abstract types in turn through what they can be. */
function mockOf(type: GraphQLOutputType, depth: number): unknown {
  if (isNonNullType(type)) return mockOf(type.ofType, depth);
  if (isListType(type)) return [0, 1, 2].map(index => mockOf(type.ofType, depth + index));
  const named = getNamedType(type) as GraphQLNamedOutputType;
  if (isEnumType(named)) return named.getValues()[depth % named.getValues().length]?.value;
  if (!isAbstractType(named) && !isObjectType(named)) return leaves[named.name] ?? `${named.name} ${depth}`;
  const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
  return { __typename: types[depth % types.length]?.name, depth: depth + 1 };
}

/** The graph with resolvers that need nothing: half of them answer later, and nullable ones sometimes with null. */
function mocked(): GraphQLSchema {
  const graph = buildGraph();
  let count = 0;
  for (const type of Object.values(graph.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: { __typename: string }) => value.__typename;
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      count += 1;
      const [later, empty] = [count % 2 === 0, count % 7 === 0 && !isNonNullType(field.type)];
      field.resolve = ({ depth }: { depth: number } = { depth: 0 }) => {
        const value = empty ? null : mockOf(field.type, depth);
        return later ? Promise.resolve(value) : value;
      };
    }
  }
  return graph;
}

const graph = mocked();

test('abstract types resolve synchronously, which compiled code requires', () => {
  const waits = Object.values(schema.getTypeMap()).filter(
    type => isAbstractType(type) && type.resolveType?.constructor.name === 'AsyncFunction',
  );
  expect(waits.map(String)).toEqual([]);
});

test.each(operationNames.filter(name => !/^subscription /m.test(operationText(name))))(
  '%s has the same answer from compiled code and from the interpreter',
  async name => {
    const document = parse(operationText(name));
    const [operation] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const variableValues = Object.fromEntries(
      (operation as any).variableDefinitions.map((definition: any) => [
        definition.variable.name.value,
        exampleOf(definition.type),
      ]),
    );
    const compiled = compileQuery(graph, document);
    if (!isCompiledQuery(compiled)) throw new Error(`${name} cannot be compiled`);
    const root = { depth: 0 };
    const expected = await execute({ schema: graph, document, rootValue: root, variableValues });
    expect(expected.errors).toBeUndefined();
    expect(JSON.stringify(await compiled.query(root, {}, variableValues))).toBe(JSON.stringify(expected));
  },
);

test.each(operationNames)('%s is compiled as the pipeline reads and plans it, the second time', name => {
  const warn = jest.fn();
  const known = new DocumentCache(schema).parseAndValidate(operationText(name));
  if (!('ast' in known)) throw known[0];
  const [operation] = known.operations as [OperationDefinitionNode];
  const plan = new Planner(schema, known.ast, {}).plan(operation);
  const compiler = new Compiler(executionSchema(schema), { warn });
  expect(compiler.get(plan)).toBeNull();
  expect(compiler.get(plan)).toBeInstanceOf(Function);
  expect(warn).not.toHaveBeenCalled();
});

/** A value that fits a variable; inputs get what they must have. */
function exampleOf(type: any): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return exampleOf(type.type);
  if (type.kind === Kind.LIST_TYPE) return [];
  const named = schema.getType(type.name.value) as any;
  if (named.getValues) return named.getValues()[0].name;
  if (!named.getFields)
    return ({ Int: 3, Boolean: true, Float: 1, BigInt: '7', Decimal: '12.50' } as any)[named.name] ?? 'text';
  const required = Object.values<any>(named.getFields()).filter(field => isNonNullType(field.type));
  return Object.fromEntries(required.map(field => [field.name, exampleOfInput(field.type)]));
}

function exampleOfInput(type: any): unknown {
  if (isNonNullType(type)) return exampleOfInput(type.ofType);
  if (isListType(type)) return [];
  return exampleOf({ kind: Kind.NAMED_TYPE, name: { value: String(getNamedType(type)) } });
}
