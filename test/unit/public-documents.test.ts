import 'reflect-metadata';
import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isRequiredArgument,
} from 'graphql';
import { isPublic } from '../../src/graphql/public/public-queries';
import { publicFields } from '../../src/resolvers/public-catalog';
import { buildGraph } from '../../src/resolvers/schema';
import { planned } from '../support/pipeline';

const schema = buildGraph();
const asked = (text: string) =>
  isPublic(planned(schema, text).plan, { fields: publicFields, types: new Set() });

test('every public field is a field of the graph', () => {
  const missing = [...publicFields].filter(name => {
    const [type = '', field = ''] = name.split('.');
    const found = schema.getType(type);
    return !(found && 'getFields' in found && found.getFields()[field]);
  });
  expect(missing).toEqual([]);
});

test('only the catalog has public fields', () => {
  const types = [...publicFields].map(name => name.split('.')[0]);
  expect([...new Set(types)].sort()).toEqual([
    'Addon',
    'Category',
    'ChangePolicy',
    'Money',
    'Node',
    'PageInfo',
    'Price',
    'Product',
    'ProductConnection',
    'ProductEdge',
    'Provider',
    'Query',
    'Service',
  ]);
});

test('a query with any private root field is personal', () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const required = ({ args }: (typeof fields)[number]) => args.filter(isRequiredArgument);
  const exampleOf = (type: GraphQLInputType) => {
    const named = getNamedType(type);
    if (isInputObjectType(named)) return '{ subscriptionId: "a" }';
    return isEnumType(named) ? named.getValues()[0]?.name : '"a"';
  };
  const call = (field: (typeof fields)[number]) =>
    required(field).length > 0
      ? `${field.name}(${required(field).map(({ name, type }) => `${name}: ${exampleOf(type)}`)})`
      : field.name;
  const asPublic = fields.filter(field => asked(`{ products { nodes { id } } ${call(field)} }`));
  expect(asPublic.map(({ name }) => name).sort()).toEqual([
    'categories',
    'category',
    'product',
    'products',
    'providers',
    'services',
  ]);
});

test.each([
  '{ products { nodes { id name prices { unitPrice { amount } } } pageInfo { endCursor } totalCount } }',
  'query ($sku: String) { product(sku: $sku) { ...P } } fragment P on Product { __typename addons { sku } }',
  '{ categories { children { products { edges { node { ... on Node { id } } } } } } }',
])('%s is public', text => {
  expect(asked(text)).toBe(true);
});

test.each([
  '{ viewer { id } }',
  '{ products { nodes { id } } viewer { name } }',
  '{ products { nodes { ...P } } basket { ...B } } fragment P on Product { id } fragment B on Basket { id }',
  '{ node(id: "prod_1") { id } }',
  'mutation { emptyBasket { errors { code } } }',
  'subscription { cancellationUpdates { __typename } }',
  '{ __schema { types { name } } }',
])('%s is not', text => {
  expect(asked(text)).toBe(false);
});
