import 'reflect-metadata';
import { isObjectType, parse } from 'graphql';
import { publicFields } from '../../src/resolvers/public-catalog';
import { buildGraph } from '../../src/resolvers/schema';
import { isPublic } from '../../src/transport/public-documents';

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

test('no type that belongs to somebody has a public field', () => {
  const personal = ['User', 'Account', 'Basket', 'Order', 'CloudSubscription', 'ProvisioningOperation'];
  expect([...publicFields].filter(name => personal.includes(name.split('.')[0] ?? ''))).toEqual([]);
  for (const type of personal) expect(isObjectType(schema.getType(type))).toBe(true);
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
