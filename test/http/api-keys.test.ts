import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { connect } from '../support/sockets';
import { until } from '../support/until';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  apiKey { id name scopes account { name } createdBy { email } lastUsedAt revokedAt } secret errors { code path } } }`;
const REVOKE = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) {
  apiKey { id revokedAt } errors { code path message } } }`;
const ADD = `mutation ($input: AddToBasketInput!) { addToBasket(input: $input) { basket { id } errors { code message } } }`;
const LIST = '{ apiKeys { totalCount nodes { id name lastUsedAt revokedAt } } }';

const reseller = () => gateway.token('sales@skyline.example');
const admin = () => gateway.token('admin@bss.example');
const create = async (token: string, input: object) =>
  (await gateway.send(token, CREATE, { input: { name: 'Portal', scopes: ['READ'], ...input } })).data
    .createApiKey;
const line = { input: { productId: demoId('prod', 'IC-BASE-1TB') } };
const keyRows = () => gateway.rows('SELECT * FROM api_keys ORDER BY id');
const keyIds = () => gateway.rows('SELECT id FROM api_keys ORDER BY id');

test('an API key acts for its reseller, as its own user, within its scopes', async () => {
  const { apiKey, secret, errors } = await create(await reseller(), { name: 'Shop', scopes: ['ORDER'] });
  expect(errors).toEqual([]);
  expect(apiKey).toMatchObject({
    name: 'Shop',
    scopes: ['READ', 'ORDER'],
    account: { name: 'Skyline IT' },
    createdBy: { email: 'sales@skyline.example' },
    lastUsedAt: null,
  });
  const { data } = await gateway.send(
    secret,
    '{ viewer { name roles account { name } } accounts { totalCount } }',
  );
  expect(data.viewer).toEqual({ name: 'Shop', roles: ['RESELLER'], account: { name: 'Skyline IT' } });
  expect(data.accounts.totalCount).toBe(5);
  expect((await gateway.send(secret, ADD, line)).data.addToBasket.errors).toEqual([]);
  const rename = await gateway.send(
    secret,
    'mutation { renameSubscription(input: { subscriptionId: "x", friendlyName: "y" }) { errors { code message } } }',
  );
  expect(rename.data.renameSubscription.errors).toEqual([
    { code: 'FORBIDDEN', message: 'The API key needs the scope RENAME.' },
  ]);
});

test('the secret is shown once and not stored; the last use is stored', async () => {
  const { apiKey, secret } = await create(await reseller(), {});
  const kept = JSON.stringify([await keyRows(), await gateway.rows('SELECT * FROM events')]);
  expect(kept).not.toContain(secret.split('.')[1]);
  await gateway.send(secret, '{ viewer { id } }');
  await until(async () => (await keyRows()).some(row => row.id === apiKey.id && row.lastUsedAt !== null));
});

test('a key with a wrong secret, an expired key and an unknown key get the same answer', async () => {
  const { apiKey, secret } = await create(await reseller(), {});
  await gateway.rows('UPDATE api_keys SET expiresAt = NOW() - INTERVAL 1 SECOND WHERE id = ?', [apiKey.id]);
  const wrong = `${secret.split('.')[0]}.${'A'.repeat(43)}`;
  for (const bearer of [secret, wrong, `sbk_key_${'0'.repeat(26)}.${'A'.repeat(43)}`, 'sbk_', 'sbk_x.y']) {
    const { status, errors } = await gateway.send(bearer, '{ viewer { id } }');
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  }
});

test('a reseller sees and revokes its own keys; those of another reseller are not found', async () => {
  const own = await create(await reseller(), { name: 'Own' });
  const other = await create(await gateway.token('sales@harbor.example'), { name: 'Other' });
  const listed = (await gateway.send(await reseller(), LIST)).data.apiKeys.nodes.map((key: any) => key.name);
  expect(listed).toContain('Own');
  expect(listed).not.toContain('Other');
  const all = (await gateway.send(await admin(), LIST)).data.apiKeys.nodes.map((key: any) => key.name);
  expect(all).toEqual(expect.arrayContaining(['Own', 'Other']));

  const before = await keyRows();
  const foreign = await gateway.send(await reseller(), REVOKE, { input: { apiKeyId: other.apiKey.id } });
  const absent = await gateway.send(await reseller(), REVOKE, {
    input: { apiKeyId: `key_${'0'.repeat(26)}` },
  });
  expect(foreign.data).toEqual(absent.data);
  expect(await keyRows()).toEqual(before);

  const revoked = (await gateway.send(await reseller(), REVOKE, { input: { apiKeyId: own.apiKey.id } })).data;
  expect(revoked.revokeApiKey.errors).toEqual([]);
  expect((await gateway.send(own.secret, '{ viewer { id } }')).status).toBe(401);
  expect((await gateway.send(other.secret, '{ viewer { id } }')).status).toBe(200);
});

test('revoking a key closes its open streams', async () => {
  const { apiKey, secret } = await create(await reseller(), {});
  const client = await connect(gateway.url, secret);
  client.send({
    type: 'subscribe',
    id: '1',
    payload: { query: 'subscription { cancellationUpdates { __typename } }' },
  });
  await gateway.send(await admin(), REVOKE, { input: { apiKeyId: apiKey.id } });
  expect((await client.closed).code).toBe(4403);
});

test('customers and keys cannot create keys, and resellers cannot create keys for others', async () => {
  const key = await create(await reseller(), { scopes: ['READ', 'ORDER', 'CANCEL', 'RENAME'] });
  const before = await keyIds();
  const refusals = [
    await create(await gateway.token('buyer@contoso.example'), {}),
    await create(await gateway.token('manager@bss.example'), { accountId: accountId('Skyline IT') }),
    await create(key.secret, {}),
    await create(await reseller(), { accountId: accountId('Harbor Cloud') }),
    await create(await reseller(), { accountId: accountId('Alpine Dental') }),
    await create(await admin(), { accountId: accountId('Contoso') }),
    await create(await reseller(), { expiresAt: '2020-01-01T00:00:00.000Z' }),
    await create(await reseller(), { scopes: [] }),
  ];
  expect(refusals.map(({ errors }) => errors[0].code)).toEqual([
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'NOT_FOUND',
    'INVALID_INPUT',
    'INVALID_INPUT',
    'INVALID_INPUT',
    'INVALID_INPUT',
  ]);
  expect(await keyIds()).toEqual(before);
});
