import 'reflect-metadata';
import { parse } from 'graphql';
import { publicFields } from '../../src/resolvers/public-catalog';
import { buildGraph } from '../../src/resolvers/schema';
import { isPublic } from '../../src/transport/public/documents';

const schema = buildGraph();
const asked = (text: string) => isPublic(schema, parse(text));

test('every public field is a field of the graph', () => {
  const missing = [...publicFields].filter(name => {
    const [type = '', field = ''] = name.split('.');
    const found = schema.getType(type);
    return !(found && 'getFields' in found && found.getFields()[field]);
  });
  expect(missing).toEqual([]);
});

test('nothing but the catalog has public fields', () => {
  const types = [...publicFields].map(name => name.split('.')[0]);
  expect([...new Set(types)].sort()).toEqual([
    'Addon',
    'Category',
    'Money',
    'Node',
    'PageInfo',
    'Price',
    'Product',
    'ProductConnection',
    'ProductEdge',
    'Query',
    'Service',
  ]);
});

test('a query for any root field that is not public is personal, whatever stands beside it', () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const asPublic = fields.filter(({ name }) => asked(`{ products { nodes { id } } ${name} }`));
  expect(asPublic.map(({ name }) => name).sort()).toEqual(['categories', 'category', 'product', 'products']);
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
  'query A { products { nodes { id } } } query B { viewer { id } }',
  'mutation { emptyBasket { errors { code } } }',
  'subscription { cancellationUpdates { cursor } }',
  '{ __schema { types { name } } }',
])('%s is not', text => {
  expect(asked(text)).toBe(false);
});
