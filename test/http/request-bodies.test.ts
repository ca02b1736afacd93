import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';

let gateway: TestGateway;
beforeAll(async () => {
  const security = usualSecurity({ ALLOWED_ORIGINS: 'https://shop.example,http://localhost:*' });
  gateway = await startTestGateway({}, { security });
});
afterAll(() => gateway.stop());

const BODY = JSON.stringify({ query: '{ __typename }' });

async function post(body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as never,
  });
  return { status: response.status, ...((await response.json()) as any) };
}

test.each([
  ['gzip', gzipSync(BODY)],
  ['br', brotliCompressSync(BODY)],
])('a body in %s is accepted', async (encoding, body) => {
  expect((await post(body, { 'content-encoding': encoding })).data).toEqual({ __typename: 'Query' });
});

test.each([
  [
    'a compressed body that is too large when inflated',
    413,
    gzipSync('{"query":"'.padEnd(10_000_000)),
    { 'content-encoding': 'gzip' },
  ],
  ['a body that is not what its encoding says', 400, BODY, { 'content-encoding': 'gzip' }],
  ['an unknown encoding', 415, BODY, { 'content-encoding': 'zstd' }],
  ['an encoding by the name of a property of every object', 415, BODY, { 'content-encoding': 'constructor' }],
  ['another charset', 415, BODY, { 'content-type': 'application/json; charset=iso-8859-1' }],
  [
    'a body that is not UTF-8',
    400,
    Buffer.from('{"query":"{ product(sku: \\"\xff\\") { id } }"}', 'latin1'),
    {},
  ],
])('%s is rejected with %i', async (_, status, body, headers) => {
  const answer = await post(body, headers as unknown as Record<string, string>);
  expect([answer.status, answer.errors[0].extensions.code]).toEqual([status, 'BAD_REQUEST']);
});

test('a byte order mark and a charset in capitals are accepted', async () => {
  const headers = { 'content-type': 'application/json; charset="UTF-8"' };
  expect((await post(`\ufeff${BODY}`, headers)).data).toEqual({ __typename: 'Query' });
});

/** The answer as it came, not inflated. */
async function raw(body: string, acceptEncoding: string) {
  const { request } = await import('node:http');
  return new Promise<{ encoding: string | undefined; vary: string | undefined; bytes: Buffer }>(
    (resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'accept-encoding': acceptEncoding };
      const sent = request(`${gateway.url}/graphql`, { method: 'POST', headers }, async response => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const { 'content-encoding': encoding, vary } = response.headers;
        resolve({ encoding, vary, bytes: Buffer.concat(chunks) });
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

const SHOP = JSON.stringify({
  query:
    '{ products(first: 20) { nodes { id sku name description prices { billingCycle unitPrice { amount } } } } }',
});

test.each([
  ['br', 'br', brotliDecompressSync],
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['gzip;q=0, br;q=0', undefined, (bytes: Buffer) => bytes],
  ['identity', undefined, (bytes: Buffer) => bytes],
])(
  'with Accept-Encoding %s an answer is sent in %s: executed, written and cached',
  async (accept, encoding, inflate) => {
    const plain = JSON.parse((await raw(SHOP, 'identity')).bytes.toString());
    for (let time = 0; time < 6; time += 1) {
      const answer = await raw(SHOP, accept);
      expect(answer.encoding).toBe(encoding);
      expect(answer.vary).toContain('Accept-Encoding');
      expect(JSON.parse(inflate(answer.bytes).toString()).data).toEqual(plain.data);
    }
  },
);

test('a short answer is not compressed', async () => {
  expect((await raw(BODY, 'br')).encoding).toBeUndefined();
});

test('a query can be a GET without special headers, a mutation cannot', async () => {
  const get = async (query: string) => {
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`);
    return [response.status, response.headers.get('allow'), (await response.json()) as any] as const;
  };
  const [status, , answer] = await get('{__typename}');
  expect([status, answer.data]).toEqual([200, { __typename: 'Query' }]);
  const [refused, allow, { errors }] = await get('mutation { emptyBasket { errors { code } } }');
  expect([refused, allow, errors[0].extensions.code]).toEqual([405, 'POST', 'BAD_REQUEST']);
});

test('a browser that opens /graphql is redirected to the playground', async () => {
  const response = await fetch(`${gateway.url}/graphql`, {
    headers: { accept: 'text/html' },
    redirect: 'manual',
  });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/playground']);
});

test.each([
  ['https://shop.example', true],
  ['http://localhost:5173', true],
  ['http://localhost', true],
  ['http://localhost.evil.example', false],
  ['http://localhost:5173.evil.example', false],
  ['https://localhost:5173', false],
])('pages of %s may call: %s', async (origin, allowed) => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'traceparent',
    },
  });
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
  if (!allowed) return;
  const headers = response.headers.get('access-control-allow-headers') ?? '';
  for (const name of ['traceparent', 'apollographql-client-name', 'apollographql-client-version']) {
    expect(headers).toContain(name);
  }
});
