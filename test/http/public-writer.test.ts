import { execute, parse } from 'graphql';
import { AnswerWriter } from '../../src/graphql/public/answer-writer';
import { isPublic, publicContext } from '../../src/graphql/public/public-queries';
import { buildGraph } from '../../src/resolvers/schema';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { operationNames, operationText } from '../support/operations';
import { planned, publicGraph } from '../support/pipeline';

const schema = buildGraph();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

type Variables = Record<string, unknown>;

const COST = {
  requestedQueryCost: 2,
  actualQueryCost: 1,
  throttleStatus: { maximumAvailable: 3, currentlyAvailable: 2, restoreRate: 1 },
};

/** What the interpreter answers, and how many objects are in it. */
async function interpreted(text: string, variableValues: Variables, listId: string | null) {
  const { current } = gateway.app.deps.catalog;
  const contextValue = publicContext(current, current.priceList(listId));
  const { data, errors } = await execute({ schema, document: parse(text), contextValue, variableValues });
  expect(errors).toBeUndefined();
  const json = JSON.stringify(data);
  return { text: json, objects: json.replace(/"(?:[^"\\]|\\.)*"/g, '').split('{').length - 1 };
}

/** Writes the answers to one document, time after time. */
function written(writer: AnswerWriter, text: string) {
  const plans = new Map<string, ReturnType<typeof planned>['plan']>();
  return async (given: Variables, listId: string | null) => {
    const { current } = gateway.app.deps.catalog;
    const { plan, args } = planned(schema, text, given);
    expect(isPublic(plan, publicGraph)).toBe(true);
    // One plan for each set of directives, as the pipeline keeps them.
    const key = JSON.stringify(Object.entries(given).filter(([, value]) => typeof value === 'boolean'));
    const kept = plans.get(key) ?? plan;
    plans.set(key, kept);
    let objects = 0;
    const settle = (found: number) => {
      objects = found;
      return COST;
    };
    const answer = writer.write(kept, args, current, current.priceList(listId), settle);
    const json = String(answer.bytes);
    const copy = String(answer.withoutCost());
    answer.release();
    expect(json).toBe(`${copy.slice(0, -1)},"extensions":{"cost":${JSON.stringify(COST)}}}`);
    return { text: copy.slice('{"data":'.length, -1), objects };
  };
}

const PRODUCT = 'fragment P on Product { id prices { unitPrice { amount } } ...N } fragment N on Node { id }';
const cases: [what: string, text: string, variables: Variables[]][] = [
  [
    'fragments, names of its own and fields that are selected twice',
    `{ products { nodes { ...P sku: name category { id } ... on Product { category { name } addons { id } addons { name } } } } } ${PRODUCT}`,
    [{}],
  ],
  [
    'directives with variables',
    `query ($a: Boolean!, $b: Boolean = false) { products { totalCount @skip(if: $b) nodes { sku @include(if: $a) name @skip(if: $a) } } }`,
    [{ a: true }, { a: false }, { a: true, b: true }, { a: false, b: true }],
  ],
  ['directives without', '{ products { nodes { sku @skip(if: true) name @include(if: true) } } }', [{}]],
  ['nothing that is left', '{ categories @skip(if: true) { id } }', [{}]],
  [
    'arguments below what is kept',
    'query ($n: Int) { categories { name products(first: $n) { nodes { name } pageInfo { hasNextPage endCursor } } children { products(first: 2) { totalCount } } } }',
    [{ n: 1 }, { n: 3 }, {}],
  ],
  [
    'names of types',
    '{ __typename categories { __typename parent { __typename } products { __typename edges { __typename cursor node { t: __typename } } } } }',
    [{}],
  ],
  [
    'what is not there',
    'query ($sku: String) { product(sku: $sku) { id } category(slug: "none") { id } }',
    [{ sku: 'none' }, { sku: 'IC-BASE-1TB' }],
  ],
  [
    'one of several operations',
    'query A($first: Int) { products(first: $first) { nodes { service { name quantityLimit cancellationPolicy recipientKinds } capacityBytes } } }',
    [{ first: 1 }, { first: 50 }],
  ],
];

describe.each(cases)('%s', (_, text, variables) => {
  test("is written like the interpreter's answer, for each price list, the first and the second time", async () => {
    const writer = new AnswerWriter(schema, publicGraph);
    const answer = written(writer, text);
    const lists = gateway.app.deps.catalog.current.allPriceLists;
    expect(lists.length).toBeGreaterThan(1);
    for (let time = 0; time < 3; time += 1) {
      for (const { id } of lists) {
        for (const given of variables) {
          expect(await answer(given, id)).toEqual(await interpreted(text, given, id));
        }
      }
    }
  });
});

const EXAMPLES = { sku: 'IC-BASE-1TB', slug: 'impossible-cloud', first: 3 };

function isPublicText(text: string): boolean {
  try {
    return isPublic(planned(schema, text, EXAMPLES).plan, publicGraph);
  } catch {
    // It has other required variables.
    return false;
  }
}

test("every public document of the clients is written like the interpreter's answer", async () => {
  const names = operationNames.filter(name => isPublicText(operationText(name)));
  expect(names.length).toBeGreaterThan(1);
  const writer = new AnswerWriter(schema, publicGraph);
  for (const name of names) {
    const text = operationText(name);
    const answer = written(writer, text);
    for (let time = 0; time < 2; time += 1) {
      expect(await answer(EXAMPLES, null)).toEqual(await interpreted(text, EXAMPLES, null));
    }
  }
});

test('a writer with almost no cache writes the same', async () => {
  const text = `{ products { nodes { ...P } } } ${PRODUCT}`;
  const answer = written(new AnswerWriter(schema, publicGraph, 1), text);
  const expected = await interpreted(text, {}, null);
  for (let time = 0; time < 3; time += 1) expect(await answer({}, null)).toEqual(expected);
});

test('an error of a resolver and null in a non-null field are thrown', async () => {
  const answer = written(new AnswerWriter(schema, publicGraph), '{ products(first: 1000) { nodes { id } } }');
  await expect(answer({}, null)).rejects.toThrow('first');
  const broken = buildGraph();
  const name = broken.getType('Product');
  if (!name || !('getFields' in name)) throw new Error('There is no product.');
  (name.getFields().name as { resolve?: unknown }).resolve = () => null;
  const empty = written(new AnswerWriter(broken, publicGraph), '{ products { nodes { name } } }');
  await expect(empty({}, null)).rejects.toThrow('A value of type String! is missing.');
});
