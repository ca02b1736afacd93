import { demoId } from '../../dev/demo-data/ids';
import { type Administrator, type AdminMutation, administrator } from '../support/administrator';
import { type Person, people } from '../support/back-office';
import { addon, product, service } from '../support/catalog';
import { BILLING } from '../support/demo';
import { subscriptionOf } from '../support/desk';
import { codes, codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { counts, writingNothing } from '../support/tables';

const SERVER = product('CB-SERVER');

let gateway: TestGateway;
let buyer: Person;
let admin: Administrator;
beforeAll(async () => {
  gateway = await startTestGateway();
  ({ buyer } = people(gateway));
  admin = administrator(gateway);
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

describe('addToBasket', () => {
  test('with a key adds one line at any number of repetitions; without a key each call adds one', async () => {
    const input = { productId: SERVER, idempotencyKey: newKey() };
    const first = await buyer.add(input);
    expect(first.errors).toEqual([]);
    for (const _ of [1, 2, 3]) {
      expect(await writingNothing(gateway, () => buyer.add(input))).toEqual(first);
    }
    await buyer.add({ productId: SERVER });
    await buyer.add({ productId: SERVER, idempotencyKey: null });
    await buyer.add({ productId: SERVER, idempotencyKey: newKey() });
    expect((await buyer.basket()).lines).toHaveLength(4);
  });

  test('adds one line for ten concurrent repetitions', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const input = { productId: SERVER, idempotencyKey: newKey() };
      const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.add(input)));
      const busy = answers.filter(({ basket }) => basket === null);
      expect(busy.flatMap(codesWithPaths)).toEqual(busy.map(() => 'IDEMPOTENCY_IN_PROGRESS idempotencyKey'));
      expect((await buyer.basket()).lines).toHaveLength(round);
    }
  });

  test('accepts a repetition with the version of the first call', async () => {
    const { version } = await buyer.basket();
    const input = { productId: SERVER, expectedVersion: version, idempotencyKey: newKey() };
    const first = await buyer.add(input);
    expect(first.basket.version).toBe(version + 1);
    expect(await buyer.add(input)).toEqual(first);
  });

  test('with a key raises the add-ons of a subscription once', async () => {
    const { order } = await buyer.order({ productId: product('IC-BASE-1TB') });
    await gateway.settled();
    const subscriptionId = await subscriptionOf(gateway.rows, order.id);
    const input = () => ({
      subscriptionId,
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }],
      idempotencyKey: newKey(),
    });
    const [one, two] = [input(), input()];
    for (const each of [one, one, two, two, one]) expect((await buyer.add(each)).errors).toEqual([]);
    const { lines } = await buyer.basket();
    expect(lines.map(({ addons }: any) => addons.map(({ quantity }: any) => quantity))).toEqual([[4]]);
  });

  test('repeated after the checkout returns the former basket, and leaves the new one empty', async () => {
    const input = { productId: SERVER, idempotencyKey: newKey() };
    const { basket } = await buyer.add(input);
    const { version } = (await buyer.confirm()).basket;
    await buyer.checkout({ basketId: basket.id, expectedVersion: version, idempotencyKey: newKey() });
    await gateway.settled();
    const again = await writingNothing(gateway, () => buyer.add(input));
    expect([again.basket.id, again.errors]).toEqual([basket.id, []]);
    const now = await buyer.basket();
    expect([now.id === basket.id, now.lines]).toEqual([false, []]);
  });

  test('rejects a key with another input, and does not consume the key of a rejected call', async () => {
    const idempotencyKey = newKey();
    const wrong = await writingNothing(gateway, () =>
      buyer.add({ productId: SERVER, quantity: 0, idempotencyKey }),
    );
    expect(codesWithPaths(wrong)).toEqual(['QUANTITY_LIMIT quantity']);
    await buyer.add({ productId: SERVER, idempotencyKey });
    const other = await writingNothing(gateway, () =>
      buyer.add({ productId: SERVER, quantity: 2, idempotencyKey }),
    );
    expect(codesWithPaths(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
    const empty = await writingNothing(gateway, () => buyer.add({ productId: SERVER, idempotencyKey: ' ' }));
    expect(codesWithPaths(empty)).toEqual(['INVALID_INPUT idempotencyKey']);
  });
});

test.each([
  ['createApiKey', 'api_keys', { name: 'Automation', scopes: ['ORDER'] }, 'apiKey { id name }'],
  ['createWebhook', 'webhooks', { url: 'https://hooks.skyline.example/' }, 'webhook { id url }'],
] as const)(
  '%s with a key runs once; repetitions do not show the secret',
  async (mutation, table, good, made) => {
    const { reseller } = people(gateway);
    const type = `C${mutation.slice(1)}Input`;
    const create = (input: object) => reseller.call(mutation, type, input, `${made} secret`);
    const before = (await counts(gateway, table))[table];
    const input = { ...good, idempotencyKey: newKey() };
    const first = await create(input);
    expect([first.errors, first.secret]).toEqual([
      [],
      expect.stringMatching(/^(?:whsec|sbk)_[\w.+/-]{20,}=*$/),
    ]);
    for (const _ of [1, 2]) expect(await create(input)).toEqual({ ...first, secret: null });
    expect((await counts(gateway, table))[table]).toBe(before + 1);
    const other =
      mutation === 'createApiKey' ? { expiresAt: new Date(Date.now() + 86_400_000) } : { description: 'x' };
    expect(codesWithPaths(await create({ ...input, ...other }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
    await create(good);
    expect((await counts(gateway, table))[table]).toBe(before + 2);
  },
);

const item = { sku: 'NEW', name: 'New' };

test('createUser with a key runs once; repetitions show no password, and ignore another password', async () => {
  const idempotencyKey = newKey();
  const input = { name: 'New', email: 'new@bss.example', roles: ['ACCOUNT_MANAGER'], idempotencyKey };
  const { users } = await counts(gateway, 'users');
  const first = await admin.ask('createUser', input);
  expect([first.errors, first.oneTimePassword]).toEqual([[], expect.stringMatching(/^.{16}$/)]);
  const repeats = [input, input, { ...input, password: 'another one that is long enough' }];
  for (const repeat of repeats) {
    const again = await writingNothing(gateway, () => admin.ask('createUser', repeat));
    expect(again).toEqual({ ...first, oneTimePassword: null });
  }
  expect((await counts(gateway, 'users')).users).toBe(users + 1);
  const reused = await writingNothing(gateway, () => admin.ask('createUser', { ...input, name: 'Other' }));
  expect(codesWithPaths(reused)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  const keyless = await writingNothing(gateway, () =>
    admin.ask('createUser', { ...input, idempotencyKey: null }),
  );
  expect(codesWithPaths(keyless)).toEqual(['ALREADY_EXISTS email']);
});

test.each<[AdminMutation, 'accounts' | 'categories' | 'products' | 'addons' | 'price_lists', object]>([
  [
    'createAccount',
    'accounts',
    { kind: 'CUSTOMER', name: 'New', email: 'new@new.example', billing: BILLING },
  ],
  ['createCategory', 'categories', { slug: 'new', name: 'New' }],
  [
    'createProduct',
    'products',
    {
      ...item,
      serviceId: service('cloud-backup'),
      categoryId: demoId('cat', 'impossible-cloud'),
      slug: 'new',
      capacityBytes: '1',
    },
  ],
  ['createAddon', 'addons', { ...item, incrementBytes: '1' }],
  ['createPriceList', 'price_lists', { code: 'new', currency: 'EUR' }],
])('%s with a key runs once, and every repetition returns the result', async (mutation, table, good) => {
  const input = { ...good, idempotencyKey: newKey() };
  const before = (await counts(gateway, table))[table];
  const answers = await Promise.all(Array.from({ length: 5 }, () => admin.ask(mutation, input)));
  const first = await writingNothing(gateway, () => admin.ask(mutation, input));
  expect(first.errors).toEqual([]);
  for (const answer of answers) {
    if (answer.errors.length === 0) expect(answer).toEqual(first);
    else expect(codesWithPaths(answer)).toEqual(['IDEMPOTENCY_IN_PROGRESS idempotencyKey']);
  }
  expect((await counts(gateway, table))[table]).toBe(before + 1);
  const keyless = await writingNothing(gateway, () => admin.ask(mutation, good));
  const taken = mutation === 'createAccount' ? 'EMAIL_UNAVAILABLE' : 'ALREADY_EXISTS';
  expect(codes(keyless)).toEqual([taken]);
  const name = 'name' in good ? { name: 'Other' } : { code: 'other' };
  const reused = await writingNothing(gateway, () => admin.ask(mutation, { ...input, ...name }));
  expect(codesWithPaths(reused)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
});
