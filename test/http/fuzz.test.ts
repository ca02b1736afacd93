import { monitorEventLoopDelay } from 'node:perf_hooks';
import fc from 'fast-check';
import { startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const DOCUMENTS = 1000;
/** The bound that the issue names, in milliseconds. */
const MOST_BLOCKING = 100;

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const size = fc.integer({ min: 1, max: 3000 });
const json = (query: unknown, variables?: unknown) => JSON.stringify({ query, variables });

/** Documents that are made to hurt: each kind, in any size. */
const documents = fc.oneof(
  size.map(n => `{ categories ${'{ children '.repeat(n)}{ id }${' }'.repeat(n)} }`),
  size.map(n => `{ categories { ${'id '.repeat(n)} } }`),
  size.map(n => `{ categories { ${'products(first: 1) { nodes { id name } } '.repeat(n)} } }`),
  size.map(n => `{ ${times(n, i => `a${i}: categories { id }`)} }`),
  fc
    .integer({ min: 1, max: 300 })
    .map(
      n =>
        `{ ...f0 } ${times(n, i => `fragment f${i} on Query { ...f${(i + 1) % n} ...f${(i * 7) % n} categories { id } }`)}`,
    ),
  fc
    .integer({ min: 1, max: 100 })
    .map(
      n =>
        `{ ...f0 } ${times(n, i => `fragment f${i} on Query { ${i + 1 < n ? `...f${i + 1} ...f${i + 1}` : '__typename'} }`)}`,
    ),
  size.map(n => `{ product(id: "${'x'.repeat(n * 60)}") { id } }`),
  size.map(n => `{ product(id: ${'['.repeat(n)}1${']'.repeat(n)}) { id } }`),
  size.map(n => `{ products(first: ${'9'.repeat(n)}) { nodes { id } } }`),
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc
    .string({ unit: 'grapheme', maxLength: 500 })
    .map(text => `{ products(filter: { search: ${JSON.stringify(text)} }) { nodes { id } } }`),
  fc
    .string({ unit: 'binary', maxLength: 200 })
    .map(text => `query ($s: String) { products(filter: { search: $s }) { nodes { id } } } # ${text}`),
  size.map(n => `query (${times(Math.min(n, 400), i => `$v${i}: Int`)}) { __typename }`),
  size.map(n => `{ categories ${'@include(if: true) '.repeat(n)} { id } }`),
  fc.constantFrom(
    '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }',
    'subscription { cancellationUpdates { __typename } }',
    'mutation { signIn(input: { email: 1, password: {} }) { token } }',
    'fragment a on Query { ...a } { ...a }',
    '{ node(id: "\\u0000") { id } nodes(ids: ["usr_", "_", "", "__proto___1"]) { id } }',
  ),
);

/** Variables of any shape. */
const variables = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.constant(JSON.parse('{"__proto__": {"a": 1}}')));

/** Whole bodies: documents in JSON, and what is not even that. */
const bodies = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(documents, fc.option(variables)).map(([query, given]) => json(query, given)),
  },
  { weight: 1, arbitrary: fc.jsonValue().map(value => JSON.stringify({ query: value })) },
  { weight: 1, arbitrary: fc.jsonValue().map(value => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 500 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }) },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 200 })
      .map(bytes =>
        Buffer.concat([Buffer.from('{"query":"{ product(id: \\"'), bytes, Buffer.from('\\") { id } }"}')]),
      ),
  },
  {
    weight: 1,
    arbitrary: size.map(
      n => `{"query":"{__typename}","variables":${'['.repeat(n * 30)}${']'.repeat(n * 30)}}`,
    ),
  },
);

async function send(body: string | Uint8Array) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body as never,
  });
  await response.arrayBuffer();
  return response.status;
}

test('a thousand hostile documents are answered, none with a 5xx, none by blocking the event loop', async () => {
  // What the runtime compiles on first use is no document's fault.
  for (const body of fc.sample(bodies, 50)) await send(body);
  const statuses = new Map<number, number>();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const blocking: { body: string | Uint8Array; ms: number }[] = [];
  await fc.assert(
    fc.asyncProperty(bodies, async body => {
      const ms = await blockedBy(delay, async () => {
        const status = await send(body);
        expect(status).toBeLessThan(500);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      });
      if (ms > MOST_BLOCKING) blocking.push({ body, ms });
    }),
    { numRuns: DOCUMENTS, endOnFailure: true },
  );
  // Others share the machine: what blocks, blocks every time.
  const again = [];
  for (const { body, ms } of blocking) {
    const repeated = [];
    for (let i = 0; i < 3; i += 1) repeated.push(await blockedBy(delay, () => send(body)));
    if (Math.min(...repeated) > MOST_BLOCKING) again.push({ body, ms, repeated });
  }
  expect(again).toEqual([]);
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(DOCUMENTS);
  expect((await gateway.send(null, '{ categories { id } }')).status).toBe(200);
}, 180_000);

async function blockedBy(delay: ReturnType<typeof monitorEventLoopDelay>, work: () => Promise<unknown>) {
  delay.reset();
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}
