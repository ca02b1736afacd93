import { createHash } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { keepCatalog, product } from '../support/catalog';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { operationText } from '../support/operations';
import { usualSecurity } from '../support/security';

let gateway: TestGateway;
beforeAll(async () => {
  const env = { CATALOG_MAX_AGE: '60', ALLOWED_ORIGINS: 'https://shop.example' };
  gateway = await startTestGateway({}, { security: usualSecurity(env) });
});
afterAll(() => gateway.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const idOf = (name: string) => `sha256:${sha256(operationText(name))}`;
const search = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;
const VARIABLES = JSON.stringify({ sku: 'IC-BASE-1TB' });
const PRODUCT = search({ documentId: idOf('04-product'), variables: VARIABLES });
const PERSISTED = search({
  extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: idOf('04-product') } }),
  variables: VARIABLES,
});
const SHARED = 'public, max-age=60';
const VARY = 'Accept, Accept-Encoding, Authorization, Origin';

/** Answer with the headers that HTTP caches read. */
interface Got {
  status: number;
  etag: string | undefined;
  control: string | undefined;
  vary: string | undefined;
  origin: string | undefined;
  encoding: string | undefined;
  length: string | undefined;
  bytes: Buffer;
}

/** Sends a request whose headers are exactly these. */
function get(query: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = rawRequest(`${gateway.url}/graphql${query}`, { method, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => {
        const { headers: given, statusCode: status = 0 } = response;
        resolve({
          status,
          etag: given.etag,
          control: given['cache-control'],
          vary: given.vary,
          origin: given['access-control-allow-origin'] as string | undefined,
          encoding: given['content-encoding'],
          length: given['content-length'],
          bytes: Buffer.concat(chunks),
        });
      });
    });
    sent.on('error', reject).end();
  });
}

const bearer = async (email: string) => ({ authorization: `Bearer ${await gateway.token(email)}` });
const priceIn = ({ bytes }: Got) => JSON.parse(String(bytes)).data.product.prices[0].unitPrice.amount;

/** Sends a request until its answer is kept. */
async function often(query: string, headers: Record<string, string> = {}): Promise<Got[]> {
  const answers = [];
  for (let time = 0; time < 5; time += 1) answers.push(await get(query, headers));
  return answers;
}

test.each([
  ['a trusted document', PRODUCT],
  ['a persisted query', PERSISTED],
  ['a document in the URL', search({ query: operationText('04-product'), variables: VARIABLES })],
])('anonymous answers to %s have the same bytes and ETag each time, and can be shared', async (_, query) => {
  const answers = await often(query);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const [{ bytes, etag, ...head }] = answers as [Got];
  expect(head).toMatchObject({ status: 200, control: SHARED, vary: VARY, length: `${bytes.length}` });
  expect(etag).toMatch(/^"[\w-]{24}"$/);
  expect(Object.keys(JSON.parse(String(bytes)))).toEqual(['data']);
});

test('If-None-Match is compared weakly, with lists and `*`; other tags get the answer', async () => {
  const [{ etag = '' }] = (await often(PRODUCT)) as [Got];
  const matching = [etag, `W/${etag}`, `"other", W/${etag} ,"third"`, '*', ' * '];
  for (const condition of matching) {
    const { status, bytes, control, vary, ...got } = await get(PRODUCT, { 'if-none-match': condition });
    expect([status, bytes.length, got.etag, control, vary]).toEqual([304, 0, etag, SHARED, VARY]);
    expect(got.length).toBeUndefined();
  }
  for (const condition of ['"other"', 'W/"other"', etag.slice(1, -1), '"*"']) {
    expect((await get(PRODUCT, { 'if-none-match': condition })).status).toBe(200);
  }
});

test('a condition is also evaluated for the first answer to a request', async () => {
  const query = `${PRODUCT}&first`;
  const { etag = '' } = await get(PRODUCT);
  expect((await get(query, { 'if-none-match': etag })).status).toBe(304);
});

test('each encoding has an ETag of its own, and the bytes of the same answer', async () => {
  const [plain, zipped, brotli] = await Promise.all(
    ['identity', 'gzip', 'br'].map(
      async encoding => (await often(PRODUCT, { 'accept-encoding': encoding })).at(-1) as Got,
    ),
  );
  expect([plain?.encoding, zipped?.encoding, brotli?.encoding]).toEqual([undefined, 'gzip', 'br']);
  expect(new Set([plain?.etag, zipped?.etag, brotli?.etag]).size).toBe(3);
  expect(gunzipSync(zipped?.bytes ?? '')).toEqual(plain?.bytes);
  const revalidated = await get(PRODUCT, { 'accept-encoding': 'gzip', 'if-none-match': plain?.etag ?? '' });
  expect(revalidated.status).toBe(200);
});

test('HEAD has the headers of GET, and no body', async () => {
  const { bytes, ...full } = await get(PRODUCT);
  for (let time = 0; time < 3; time += 1) {
    expect(await get(PRODUCT, {}, 'HEAD')).toEqual({ ...full, bytes: Buffer.alloc(0) });
  }
  expect(bytes.length).toBeGreaterThan(100);
  expect((await get(PRODUCT, { 'if-none-match': full.etag ?? '' }, 'HEAD')).status).toBe(304);
  const mutation = search({ query: 'mutation { emptyBasket { errors { code } } }' });
  expect((await get(mutation, {}, 'HEAD')).status).toBe(405);
});

test('answers with a token are not shared, and each price list has its own', async () => {
  const [reseller, customer] = [
    await bearer('sales@skyline.example'),
    await bearer('buyer@northwind.example'),
  ];
  for (const [headers, price, control] of [
    [{}, '8.00', SHARED],
    [reseller, '6.40', 'private, no-store'],
    [customer, '8.00', 'private, no-store'],
  ] as const) {
    for (const answer of await often(PRODUCT, headers)) {
      expect([priceIn(answer), answer.control, answer.vary]).toEqual([price, control, VARY]);
    }
  }
});

test.each([
  ['an unknown document', search({ documentId: 'sha256:none' }), 400],
  ['an unknown persisted query', PERSISTED.replace(sha256(operationText('04-product')), 'none'), 200],
  ['missing variables', search({ documentId: idOf('04-product') }), 400],
  ['variables that are no JSON', search({ documentId: idOf('04-product'), variables: '{' }), 400],
  ['a parameter that is sent twice', `${PRODUCT}&variables={}`, 400],
  ['a mutation', search({ query: 'mutation { emptyBasket { errors { code } } }' }), 405],
  ['a query of the caller', search({ query: '{ viewer { email } basket { id } }' }), 200],
  ['a list that is too long', search({ query: '{ products(first: 1000) { nodes { id } } }' }), 400],
])('the answer to %s is never stored', async (_, query, status) => {
  for (const answer of await often(query, { 'if-none-match': '*' })) {
    expect([answer.status, answer.control, answer.etag]).toEqual([status, 'no-store', undefined]);
  }
});

test('a refused credential and a page of an image are never stored', async () => {
  await often(PRODUCT);
  const forged = await get(PRODUCT, { authorization: 'Bearer forged' });
  expect([forged.status, forged.control, forged.etag]).toEqual([401, 'no-store', undefined]);
  const image = await get(PRODUCT, { accept: 'image/*' });
  expect([image.status, image.control, image.etag]).toEqual([406, 'no-store', undefined]);
});

test('a listed origin may read the answer, and the answer varies by origin with or without one', async () => {
  for (const [origin, allowed] of [
    ['https://shop.example', 'https://shop.example'],
    ['https://evil.example', undefined],
  ] as const) {
    for (const answer of await often(PRODUCT, { origin })) {
      expect([answer.status, answer.origin, answer.vary]).toEqual([200, allowed, VARY]);
    }
  }
});

test('a new price has a new ETag, and the answer to the former one', async () => {
  const [{ etag = '' }] = (await often(PRODUCT)) as [Got];
  const catalog = await keepCatalog(gateway);
  await catalog.reprice('public', product('IC-BASE-1TB'), 'MONTHLY', 999);
  const fresh = await get(PRODUCT, { 'if-none-match': etag });
  expect([fresh.status, priceIn(fresh)]).toEqual([200, '9.99']);
  expect(fresh.etag).not.toBe(etag);
  expect((await get(PRODUCT, { 'if-none-match': fresh.etag ?? '' })).status).toBe(304);
});

test('without a maximum age, caches revalidate each time', async () => {
  const plain = await startTestGateway();
  try {
    const response = await fetch(`${plain.url}/graphql${PRODUCT}`);
    expect(response.headers.get('cache-control')).toBe('public, no-cache');
  } finally {
    await plain.stop();
  }
});
