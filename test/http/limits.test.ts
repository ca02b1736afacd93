import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { connect, type TestSocket } from '../support/sockets';

let gateway: TestGateway;
let socket: TestSocket;
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    { security: usualSecurity({ COST_BUCKET: '2000', COST_PER_SECOND: '1' }) },
  );
  socket = await connect(gateway.url, null);
});
afterAll(async () => {
  socket.socket.terminate();
  await gateway.stop();
});

const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const nested = (levels: number) =>
  `{ categories ${'{ children '.repeat(levels - 2)} { id } ${'}'.repeat(levels - 2)} }`;

const tooMuch: [string, string, object][] = [
  ['deep', nested(13), { limit: 'depth', most: 12, found: 13 }],
  [
    'aliased',
    `{ categories { ${repeat(51, i => `a${i}: id`)} } }`,
    { limit: 'aliases', most: 50, found: 51 },
  ],
  ['wide at the root', `{ ${repeat(21, () => '__typename')} }`, { limit: 'rootFields', most: 20, found: 21 }],
  [
    'full of mutations',
    `mutation { ${repeat(6, i => `m${i}: emptyBasket { errors { code } }`)} }`,
    { limit: 'rootMutations', most: 5, found: 6 },
  ],
  ['wide', `{ categories { ${'id '.repeat(500)} } }`, { limit: 'fields', most: 500, found: 501 }],
  [
    'made of fragments that double each other',
    `{ ...f0 } ${repeat(30, i => `fragment f${i} on Query { ${i < 29 ? `...f${i + 1} ...f${i + 1}` : '__typename'} }`)}`,
    { limit: 'rootFields', most: 20, found: 2 ** 29 },
  ],
  [
    'full of comments',
    `{ __typename } ${'#\n'.repeat(11_000)}`,
    { limit: 'characters', most: 20_000, found: 22_015 },
  ],
  ['long', `{ categories { ${'id '.repeat(2000)} } }`, { limit: 'tokens', most: 2000 }],
  ['full of brackets', `{ product(id: ${'['.repeat(5000)}) { id } }`, { limit: 'tokens', most: 2000 }],
  [
    'many operations',
    repeat(11, i => `query q${i} { __typename }`),
    { limit: 'operations', most: 10, found: 11 },
  ],
];

let id = 0;
async function overSocket(query: string) {
  id += 1;
  const mine = String(id);
  socket.send({ type: 'subscribe', id: mine, payload: { query } });
  return socket.next(message => message.id === mine);
}

test.each(tooMuch)(
  'a document that is %s is rejected over HTTP and WebSocket with the limit',
  async (_, query, told) => {
    const { status, data, errors } = await gateway.send(null, query);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'LIMIT_EXCEEDED', ...told }]);
    const answer = await overSocket(query);
    expect(answer).toMatchObject({ type: 'error', payload: [{ message: errors?.[0]?.message }] });
    expect(answer.payload[0].extensions).toEqual(errors?.[0]?.extensions);
  },
);

test('recursive fragments are rejected', async () => {
  const query = `{ ...f0 } ${repeat(150, i => `fragment f${i} on Query { ...f${(i + 1) % 150} ...f${(i + 7) % 150} }`)}`;
  const { status, errors } = await gateway.send(null, query);
  expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
});

test('an operation above the cost limit is rejected before execution', async () => {
  const token = await gateway.token('admin@bss.example');
  const query = '{ accounts(first: 100) { nodes { subscriptions(first: 100) { nodes { id } } } } }';
  const { status, errors } = await gateway.send(token, query);
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions).toEqual({
    code: 'COST_LIMIT_EXCEEDED',
    cost: { requestedQueryCost: 10_201, most: 1000 },
  });
});

async function post(token: string, query: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    ...((await response.json()) as any),
  };
}

test('an answer reports its cost, and unused cost is refunded', async () => {
  const { extensions } = await post(
    await gateway.token('manager@bss.example'),
    '{ orders(first: 50) { nodes { id } } }',
  );
  expect(extensions.cost).toEqual({
    requestedQueryCost: 51,
    // The data, the connection.
    actualQueryCost: 2,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1998, restoreRate: 1 },
  });
});

test('an empty bucket rejects its caller over both transports, and no other caller', async () => {
  const [greedy, other] = [
    await gateway.token('buyer@contoso.example'),
    await gateway.token('buyer@northwind.example'),
  ];
  const dear = '{ products(first: 100) { nodes { id addons { id } addonsAgain: addons { id } } } }';
  const answers: any[] = [];
  while (answers.at(-1)?.status !== 429) answers.push(await post(greedy, dear));
  const refused = answers.at(-1);
  expect(refused.errors[0].extensions).toMatchObject({
    code: 'RATE_LIMITED',
    cost: { requestedQueryCost: 501 },
  });
  expect(Number(refused.retryAfter)).toBe(Math.ceil(refused.errors[0].extensions.retryAfterMs / 1000));
  const live = await connect(gateway.url, greedy);
  live.send({ type: 'subscribe', id: '1', payload: { query: dear } });
  const answer = await live.next(({ id: of }) => of === '1');
  expect(answer.payload[0].extensions.code).toBe('RATE_LIMITED');
  live.socket.terminate();
  expect((await post(other, dear)).status).toBe(200);
});
