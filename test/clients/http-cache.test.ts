import { createHash } from 'node:crypto';
import { keepCatalog, product } from '../support/catalog';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { operationText } from '../support/operations';
import { usualSecurity } from '../support/security';
import { elapse } from '../support/until';
import { type HttpCache, startHttpCache } from './support/http-cache';

const MAX_AGE_SECONDS = 2;
const DOCUMENT = `sha256:${createHash('sha256').update(operationText('04-product')).digest('hex')}`;

let gateway: TestGateway;
let cache: HttpCache;
beforeEach(async () => {
  const env = { CATALOG_MAX_AGE: `${MAX_AGE_SECONDS}`, ALLOWED_ORIGINS: 'https://shop.example' };
  gateway = await startTestGateway({}, { security: usualSecurity(env) });
  cache = await startHttpCache(gateway.url);
});
afterEach(async () => {
  await cache.stop();
  await gateway.stop();
});

const bearer = async (email: string) => ({ authorization: `Bearer ${await gateway.token(email)}` });

/** Price of a product as read through the cache, and whether the cache had it. */
async function read(headers: Record<string, string> = {}, sku = 'IC-BASE-1TB') {
  const parameters = new URLSearchParams({ documentId: DOCUMENT, variables: JSON.stringify({ sku }) });
  const response = await fetch(`${cache.url}/graphql?${parameters}`, { headers });
  const { data, errors } = (await response.json()) as any;
  const price = data?.product?.prices[0].unitPrice.amount ?? errors?.[0].extensions.code;
  return { price, cached: response.headers.get('x-cache'), headers: response.headers };
}

/** Changes the monthly price of a product in all price lists to `minor`. */
async function changePrice(minor: number): Promise<void> {
  const catalog = await keepCatalog(gateway);
  await catalog.change(tx =>
    tx.execute(`UPDATE prices SET unitMinor = ? WHERE billingCycle = 'MONTHLY' AND itemId = ?`, [
      minor,
      product('IC-BASE-1TB'),
    ]),
  );
}

test('each caller gets the prices of its own list, in any order, and only anonymous answers are shared', async () => {
  const [reseller, customer] = [
    await bearer('sales@skyline.example'),
    await bearer('buyer@northwind.example'),
  ];
  const callers = [
    [{}, '8.00'],
    [reseller, '6.40'],
    [customer, '8.00'],
    [{ authorization: 'Bearer forged' }, 'UNAUTHENTICATED'],
  ] as const;
  const hits = new Map<string, number>();
  for (let time = 0; time < 6; time += 1) {
    for (const [headers, price] of time % 2 ? callers.toReversed() : callers) {
      const got = await read(headers);
      expect(got.price).toBe(price);
      if (got.cached !== 'HIT') continue;
      const who = 'authorization' in headers ? 'signed in' : 'anonymous';
      hits.set(who, (hits.get(who) ?? 0) + 1);
    }
  }
  expect(hits.get('anonymous')).toBeGreaterThan(0);
  expect(hits.get('signed in')).toBeUndefined();
});

test('encodings and origins are not mixed up', async () => {
  for (let time = 0; time < 3; time += 1) {
    for (const encoding of ['identity', 'gzip', 'br']) {
      const { price, headers } = await read({ 'accept-encoding': encoding });
      expect([price, headers.get('content-encoding') ?? 'identity']).toEqual(['8.00', encoding]);
    }
    for (const origin of ['https://shop.example', 'https://evil.example']) {
      const { headers } = await read({ origin });
      const allowed = origin === 'https://shop.example' ? origin : null;
      expect(headers.get('access-control-allow-origin')).toBe(allowed);
    }
  }
});

test('after the maximum age an answer is revalidated by its ETag, and a new price is shown', async () => {
  expect([(await read()).price, (await read()).cached]).toEqual(['8.00', 'HIT']);
  await elapse(MAX_AGE_SECONDS * 1000 + 1100, 'the maximum age passes in nginx');
  expect(await read()).toMatchObject({ price: '8.00', cached: 'REVALIDATED' });
  await changePrice(999);
  expect(await read()).toMatchObject({ price: '8.00', cached: 'HIT' });
  await elapse(MAX_AGE_SECONDS * 1000 + 1100, 'the maximum age passes in nginx');
  expect(await read()).toMatchObject({ price: '9.99', cached: 'EXPIRED' });
  expect(await read()).toMatchObject({ price: '9.99', cached: 'HIT' });
  expect((await read(await bearer('sales@skyline.example'))).price).toBe('9.99');
});

test('an error is asked for again each time', async () => {
  for (let time = 0; time < 3; time += 1) {
    const response = await fetch(`${cache.url}/graphql?documentId=${DOCUMENT}`);
    expect([response.status, response.headers.get('x-cache')]).toEqual([400, 'MISS']);
  }
});
