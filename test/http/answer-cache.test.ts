import { execute, type GraphQLNamedType, getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { recordCatalogChange } from '../../src/catalog';
import { publicContext } from '../../src/graphql/public/public-queries';
import { publicFields } from '../../src/resolvers/public-catalog';
import { buildGraph } from '../../src/resolvers/schema';
import { createContext } from '../../src/services/context';
import { findActorByEmail } from '../../src/services/identity/actors';
import { keepCatalog, product } from '../support/catalog';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { SIGN_IN } from '../support/sign-in';
import { until } from '../support/until';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Sends bytes; every field that the gateway adds to an answer by itself is left out of what comes back. */
async function post(body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const { 'x-request-id': id, date: _, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, id, text: await response.text() };
}

const bearer = async (email: string) => ({ authorization: `Bearer ${await gateway.token(email)}` });
const PRICES = JSON.stringify({
  query: '{ product(sku: "IC-BASE-1TB") { name prices { unitPrice { amount } } } }',
});

async function often(body: string, headers: Record<string, string> = {}) {
  const answers = [];
  for (let time = 0; time < 5; time += 1) answers.push(await post(body, headers));
  return answers;
}

/** The data of an answer as bytes: a kept answer says nothing of its cost. */
const dataOf = (text: string) => JSON.stringify(JSON.parse(text).data);

test('a cached answer has the data and headers of the first one, and its own request id', async () => {
  const answers = await often(PRICES);
  expect(new Set(answers.map(({ text }) => dataOf(text))).size).toBe(1);
  expect(answers.map(({ text }) => 'extensions' in JSON.parse(text))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  const headers = answers.map(({ headers: { 'content-length': _, ...rest } }) => JSON.stringify(rest));
  expect(new Set(headers).size).toBe(1);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
});

test('each price list has its own cached answers', async () => {
  const amount = async (headers: Record<string, string> = {}) =>
    JSON.parse((await often(PRICES, headers)).at(-1)?.text ?? '').data.product.prices[0].unitPrice.amount;
  expect(await amount()).toBe('8.00');
  expect(await amount(await bearer('sales@skyline.example'))).toBe('6.40');
  expect(await amount(await bearer('buyer@northwind.example'))).toBe('8.00');
});

test('answers that depend on the caller are not cached', async () => {
  const body = JSON.stringify({
    query: '{ products(first: 1) { nodes { id } } viewer { email } basket { id } }',
  });
  const emails = ['buyer@northwind.example', 'buyer@contoso.example', 'buyer@northwind.example'];
  const baskets = new Set<string>();
  for (let time = 0; time < 4; time += 1) {
    for (const email of emails) {
      const { data } = JSON.parse((await post(body, await bearer(email))).text);
      expect(data.viewer.email).toBe(email);
      baskets.add(data.basket.id);
    }
  }
  expect(baskets.size).toBe(2);
  const anonymous = JSON.parse((await post(body)).text);
  expect(anonymous.errors[0].extensions.code).toBe('UNAUTHENTICATED');
});

test('an invalid token is rejected despite a cached answer', async () => {
  await often(PRICES);
  expect((await post(PRICES, { authorization: 'Bearer forged' })).status).toBe(401);
});

test('a request that is rejected without a cached answer is rejected with one', async () => {
  await often(PRICES);
  expect((await post(PRICES, { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await post(PRICES, { accept: 'text/html' })).status).toBe(406);
  expect((await post(`${PRICES}${' '.repeat(300_000)}`)).status).toBe(413);
  expect((await post(PRICES, { 'content-type': 'application/json; charset=utf-16' })).status).toBe(415);
});

test('a mutation runs every time that the same bytes are sent', async () => {
  const input = { email: 'buyer@northwind.example', password: 'demo' };
  const body = JSON.stringify({
    query: SIGN_IN,
    variables: { input },
  });
  const answers = await often(body);
  expect(answers.every(({ text }) => JSON.parse(text).data.signIn.viewer.email === input.email)).toBe(true);
});

test('the next answer has the new version of the catalog', async () => {
  await often(PRICES);
  const catalog = await keepCatalog(gateway);
  await catalog.reprice('public', product('IC-BASE-1TB'), 'MONTHLY', 999);
  const [first] = await often(PRICES);
  expect(JSON.parse(first?.text ?? '').data.product.prices[0].unitPrice.amount).toBe('9.99');
});

test.each(['Größe', '1 TB ☁ – schnell'])('multi-byte characters arrive unchanged: %s', async name => {
  const { db, catalog } = gateway.app.deps;
  const { version } = catalog.current;
  await db.transaction(async tx => {
    await recordCatalogChange(tx, 'A name has changed.');
    await tx.execute(`UPDATE products SET name = ? WHERE sku = 'IC-BASE-1TB'`, [name]);
  });
  await until(() => catalog.current.version > version);
  const others = [1, 2, 3].map(n => JSON.stringify({ ...JSON.parse(PRICES), variables: { n } }));
  const answers = [];
  for (const body of [...others, PRICES, PRICES, PRICES]) answers.push(await post(body));
  expect(answers.map(({ text }) => JSON.parse(text).data.product.name)).toEqual(answers.map(() => name));
});

test('a cached answer costs the same as the first one, and is rejected when the bucket is empty', async () => {
  const poor = await startTestGateway(
    {},
    { security: usualSecurity({ COST_BUCKET: '10', COST_PER_SECOND: '1' }) },
  );
  try {
    // Events of the demo data that come late would have the catalog read again, and end what is kept.
    const { events, catalog } = poor.app.deps;
    await until(async () => (await poor.rows('SELECT 1 FROM events WHERE seq IS NULL')).length === 0);
    await events.catchUp();
    await catalog.load();
    const left: (number | undefined)[] = [];
    for (;;) {
      const { data, errors, extensions, status } = (await poor.send(null, JSON.parse(PRICES).query)) as any;
      if (status === 429) {
        expect(errors[0].extensions.code).toBe('RATE_LIMITED');
        break;
      }
      expect(data.product.name).toBe('Impossible Cloud 1 TB');
      left.push(extensions?.cost.throttleStatus.currentlyAvailable);
    }
    // Three are executed, and the kept ones cost as much: a point each, of ten and what is restored meanwhile.
    expect(left.slice(0, 3).every(points => points !== undefined)).toBe(true);
    expect(new Set(left.slice(3))).toEqual(new Set([undefined]));
    expect(left.length).toBeGreaterThanOrEqual(10);
  } finally {
    await poor.stop();
  }
});

/** Every public field of a type and of what it leads to, `levels` deep. */
function everything(type: GraphQLNamedType | null | undefined, levels: number): string {
  if (!isObjectType(type)) throw new Error(`${type} is no object`);
  const selected = Object.values(type.getFields()).flatMap(({ name, type: given }) => {
    const named = getNamedType(given);
    if (!publicFields.has(`${type.name}.${name}`)) return [];
    if (isLeafType(named)) return [name];
    return levels > 0 ? [`${name} ${everything(named, levels - 1)}`] : [];
  });
  return `{ __typename ${selected.join(' ')} }`;
}

test('every public field resolves to the same value without the caller, for each price list', async () => {
  const { deps } = gateway.app;
  const { current } = deps.catalog;
  const schema = buildGraph();
  const product = everything(schema.getType('Product'), 3);
  const document = parse(`{
    categories ${everything(schema.getType('Category'), 4)}
    category(slug: "impossible-cloud") ${everything(schema.getType('Category'), 3)}
    products(first: 100) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node ${product} } }
    product(sku: "IC-BASE-1TB") ${product}
  }`);
  const lists = new Set<string>();
  for (const email of ['sales@skyline.example', 'buyer@northwind.example', 'manager@bss.example']) {
    const actor = await findActorByEmail(deps.db, email);
    const list = current.priceList(actor?.priceListId ?? null);
    const full = createContext(deps, actor, 'test', new AbortController().signal);
    const expected = await execute({ schema, document, contextValue: full });
    const bare = await execute({ schema, document, contextValue: publicContext(current, list) });
    expect(expected.errors).toBeUndefined();
    expect(JSON.stringify(bare)).toBe(JSON.stringify(expected));
    lists.add(list.id);
  }
  expect(lists.size).toBe(2);
});

test('an answer that bypasses Apollo Server has the same bytes and headers, for every Accept header', async () => {
  const accepted = ['*/*', 'application/json', 'application/graphql-response+json, application/json;q=0.9'];
  for (const accept of accepted) {
    // A name that nothing declares is no part of the operation, but of the bytes: none of these is kept.
    const ask = (n: number) => post(JSON.stringify({ ...JSON.parse(PRICES), variables: { n } }), { accept });
    const answers = [await ask(1), await ask(2), await ask(3)];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => JSON.stringify(headers))).size).toBe(1);
  }
});

test('an invalid public document is rejected the same way every time', async () => {
  const wrong = [
    { query: '{ products(first: 1000) { nodes { id } } }' },
    { query: 'query ($n: Int!) { products(first: $n) { nodes { id } } }', variables: { n: 'many' } },
    { query: 'query A { products { nodes { id } } }', operationName: 'B' },
  ];
  for (const request of wrong) {
    const answers = await often(JSON.stringify(request));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(JSON.parse(answers[0]?.text ?? '').errors).toHaveLength(1);
  }
});
