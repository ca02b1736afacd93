import { getIntrospectionQuery } from 'graphql';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { writingNothing } from '../support/tables';
import { openTransports, type TransportAnswer, type Transports } from '../support/transports';

const EMAIL = 'admin@bss.example';
let gateway: TestGateway;
let token: string;
let transports: Transports;
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    { security: usualSecurity({ COST_BUCKET: '20000', COST_PER_SECOND: '1' }) },
  );
  token = await gateway.token(EMAIL);
  transports = await openTransports(gateway.url, token);
});
afterAll(async () => {
  transports.close();
  await gateway.stop();
});

const codes = ({ errors = [] }: TransportAnswer) => errors.map(({ extensions }) => extensions.code);

const costOf = ({ extensions = {} }: TransportAnswer) => extensions.cost as any;

/** The answer to one request over every transport; they have to be alike. */
async function everywhere(
  query: string,
  variables: object = {},
  more: object = {},
): Promise<TransportAnswer> {
  const { http, websocket, sse } = transports;
  const answers = [];
  for (const ask of [http, websocket, sse]) answers.push(await ask({ query, variables, ...more }));
  const [first] = answers as [TransportAnswer];
  for (const answer of answers) {
    expect({ data: answer.data, codes: codes(answer) }).toEqual({ data: first.data, codes: codes(first) });
  }
  return first;
}

const bomb = (levels: number, body: (next: string) => string) =>
  `{ ...f0 } ${Array.from({ length: levels }, (_, i) =>
    i < levels - 1
      ? `fragment f${i} on Query { ${body(`...f${i + 1}`)} }`
      : `fragment f${i} on Query { __typename }`,
  ).join(' ')}`;

test.each([
  [
    'a directive without a usable value',
    'query ($b: Boolean = true) { products @include(if: $b) { totalCount } }',
    { b: null },
    'BAD_USER_INPUT',
  ],
  [
    'an argument without a usable value',
    'query ($n: Int = 5) { products(first: $n) { totalCount } }',
    { n: 'many' },
    'BAD_USER_INPUT',
  ],
  ['a missing variable', 'query ($id: ID!) { node(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
  [
    'fragments that multiply spreads',
    bomb(9, next => `... { ${next} ... { ${next} } }`),
    {},
    'LIMIT_EXCEEDED',
  ],
  [
    'inline fragments that hold nothing else',
    `{ ${'... { '.repeat(201)} __typename ${'}'.repeat(201)} }`,
    {},
    'LIMIT_EXCEEDED',
  ],
  [
    'nine introspections',
    `{ ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map(n => `a${n}: __schema { types { name fields { name type { name ofType { name } } args { name } } } }`).join(' ')} }`,
    {},
    'COST_LIMIT_EXCEEDED',
  ],
  [
    'a filter of 20,000 states',
    'query ($s: [OrderState!]) { orders(filter: { states: $s }) { totalCount } }',
    { s: Array(20_000).fill('SUBMITTED') },
    'LIMIT_EXCEEDED',
  ],
  [
    'a filter of 101 equal states',
    'query ($s: [OrderState!]) { orders(filter: { states: $s }) { totalCount } }',
    { s: Array(101).fill('SUBMITTED') },
    'LIMIT_EXCEEDED',
  ],
  [
    'a variable with 10,000 unknown fields',
    'mutation ($i: AddToBasketInput!) { addToBasket(input: $i) { errors { code } } }',
    { i: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`quantit${n}`, 1])) },
    'BAD_USER_INPUT',
  ],
  [
    'a variable nested too deep',
    'query ($s: [OrderState!]) { orders(filter: { states: $s }) { totalCount } }',
    { s: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) },
    'BAD_USER_INPUT',
  ],
])('%s is rejected before execution', async (_, query, variables, code) => {
  const { data, ...answer } = await everywhere(query, variables);
  expect({ data, code: codes(answer)[0] }).toEqual({ data: undefined, code });
});

test('an unknown operation name is rejected and charged, and the rate limit applies', async () => {
  const wrong = await everywhere('{ __typename }', {}, { operationName: 'Other' });
  expect(codes(wrong)).toEqual(['OPERATION_RESOLUTION_FAILURE']);
  const left = async () => {
    const answer = await transports.http({ query: '{ viewer { id } }', variables: {} });
    return costOf(answer).throttleStatus.currentlyAvailable as number;
  };
  const before = await left();
  for (let time = 0; time < 50; time += 1) {
    await transports.http({ query: '{ __typename }', variables: {}, operationName: 'Other' } as never);
  }
  const spent = before - (await left());
  expect(Number.isFinite(spent)).toBe(true);
  // A point for each refusal and for the answer that tells, less what was restored meanwhile.
  expect(spent).toBeGreaterThan(20);
});

test('repeated introspection is answered from the cache at its base cost', async () => {
  const query = getIntrospectionQuery();
  const first = await transports.http({ query, variables: {} });
  const again = await transports.http({ query: `# again\n${query}`, variables: {} });
  expect(JSON.stringify(again.data)).toBe(JSON.stringify(first.data));
  expect(costOf(again).requestedQueryCost).toBe(10);
});

test('signIn has to be the only field of its operation', async () => {
  const signIn = `signIn(input: { email: "${EMAIL}", password: "demo" }) { token }`;
  const refused = [
    `mutation { ${signIn} emptyBasket { errors { code } } }`,
    `mutation { a: ${signIn} b: ${signIn} }`,
    `mutation { ${signIn} ...M } fragment M on Mutation { emptyBasket { errors { code } } }`,
  ];
  await writingNothing(gateway, async () => {
    for (const query of refused) expect(codes(await everywhere(query))).toEqual(['BAD_REQUEST']);
  });
  const alone = await transports.http({ query: `mutation { ${signIn} }`, variables: {} });
  expect((alone.data as any).signIn.token).toEqual(expect.any(String));
});

test('an absent variable leaves a field unchanged, on every transport', async () => {
  const { data } = await gateway.send(token, '{ category(slug: "impossible-cloud") { id description } }');
  const { id, description } = data.category;
  expect(description).toEqual(expect.any(String));
  const update =
    'mutation ($id: ID!, $d: String, $n: String) { updateCategory(input: { categoryId: $id, name: $n, description: $d }) { category { description } errors { code } } }';
  for (const ask of Object.values(transports).slice(0, 3)) {
    for (let time = 0; time < 3; time += 1) {
      const answer = await ask({ query: update, variables: { id } });
      expect((answer.data as any).updateCategory).toEqual({ category: { description }, errors: [] });
    }
  }
});

test('an absent variable takes the default of the input field', async () => {
  const buyer = await gateway.token('buyer@contoso.example');
  const add =
    'mutation ($p: ID!, $q: Int) { addToBasket(input: { productId: $p, quantity: $q }) { errors { code } basket { lines { quantity } } } }';
  const { data } = await gateway.send(buyer, '{ product(sku: "IC-BASE-1TB") { id } }');
  const added = await gateway.send(buyer, add, { p: data.product.id });
  expect(added.data.addToBasket).toEqual({ errors: [], basket: { lines: [{ quantity: 1 }] } });
});

test('every transport reports and settles the same cost', async () => {
  const query = '{ orders(first: 50) { nodes { id } } }';
  const { http, websocket, sse } = transports;
  for (const ask of [http, websocket, sse]) {
    const { extensions } = await ask({ query, variables: {} });
    expect(extensions?.cost).toMatchObject({ requestedQueryCost: 51, actualQueryCost: 2 });
  }
});

test('a subscription over POST and a persisted query with a wrong hash or version are client errors', async () => {
  const post = async (body: object) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const { errors } = (await response.json()) as TransportAnswer;
    return [response.status, errors?.[0]?.extensions.code, errors?.[0]?.message];
  };
  const persisted = (version: number, sha256Hash: string) => ({
    query: '{ __typename }',
    extensions: { persistedQuery: { version, sha256Hash } },
  });
  expect(await post({ query: 'subscription { cancellationUpdates { __typename } }' })).toEqual([
    400,
    'BAD_REQUEST',
    'Subscriptions are served over WebSocket at `/graphql`, and over SSE at `/graphql/stream`.',
  ]);
  expect((await post(persisted(1, 'wrong'))).slice(0, 2)).toEqual([400, 'BAD_REQUEST']);
  expect((await post(persisted(2, 'wrong'))).slice(0, 2)).toEqual([400, 'BAD_REQUEST']);
});
