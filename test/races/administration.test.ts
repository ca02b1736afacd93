import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type Administrator, adminDocument, administrator } from '../support/administrator';
import { type Person, people, tally } from '../support/back-office';
import { keepCatalog, product, type TestCatalog } from '../support/catalog';
import { codes } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { newSession } from '../support/sign-in';
import { counts } from '../support/tables';
import { elapse } from '../support/until';

jest.setTimeout(120_000);

const STORAGE = product('IC-BASE-1TB');
const PRICE = { priceListId: demoId('pl', 'public'), itemId: STORAGE, billingCycle: 'MONTHLY' };
/** Each race is run so often. */
const rounds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

let gateway: TestGateway;
let catalog: TestCatalog;
let admin: Administrator;
let buyer: Person;
beforeAll(async () => {
  gateway = await startTestGateway();
  catalog = await keepCatalog(gateway);
  admin = administrator(gateway);
  ({ buyer } = people(gateway));
});
afterAll(() => gateway.stop());
afterEach(async () => {
  await buyer.empty();
  await gateway.reset();
  await catalog.change(async () => undefined);
  await catalog.restore();
});

const atOnce = <T>(times: number, act: (nth: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, nth) => act(nth)));
const said = (answers: { errors: { code: string }[] }[]) =>
  tally(answers.map(answer => codes(answer).join(' ') || 'done'));

/** A basket of the buyer's that was confirmed at 8.00. */
async function confirmed() {
  await buyer.add({ productId: STORAGE });
  const { basket } = await buyer.confirm();
  expect([basket.step, basket.total.amount]).toEqual(['COMPLETE', '8.00']);
  return { basketId: basket.id, idempotencyKey: newKey() };
}

test.each(rounds)(
  'a price that changes during checkout: the confirmed price or none (round %i)',
  async round => {
    const input = await confirmed();
    // The further the round, the later the change.
    const change = async () => {
      await elapse(round * 2, 'each round changes the price at another moment');
      return admin.ask('setPrice', { ...PRICE, unitPrice: '80.00' });
    };
    const [answer, changed] = await Promise.all([buyer.checkout(input), change()]);
    expect(changed.errors).toEqual([]);
    const rows = await gateway.rows('SELECT totalMinor FROM orders');
    const lines = await gateway.rows('SELECT unitMinor, totalMinor FROM order_lines');
    if (answer.order) {
      expect([rows, lines]).toEqual([[{ totalMinor: 800 }], [{ unitMinor: 800, totalMinor: 800 }]]);
      await gateway.settled();
      expect(await gateway.rows('SELECT recurringMinor FROM subscriptions')).toEqual([
        { recurringMinor: 800 },
      ]);
    } else {
      expect(codes(answer)).toEqual(['PRICE_CHANGED']);
      expect(await counts(gateway, 'orders', 'order_lines', 'subscriptions', 'idempotency_keys')).toEqual({
        orders: 0,
        order_lines: 0,
        subscriptions: 0,
        idempotency_keys: 0,
      });
    }
  },
);

test.each(rounds)('a product that is retired during checkout is sold or is not (round %i)', async () => {
  const input = await confirmed();
  const [answer] = await Promise.all([
    buyer.checkout(input),
    admin.does('retireProduct', { productId: STORAGE }),
  ]);
  expect(said([answer])).toEqual(answer.order ? { done: 1 } : { PRODUCT_UNAVAILABLE: 1 });
  expect(await counts(gateway, 'orders')).toEqual({ orders: answer.order ? 1 : 0 });
});

test.each(rounds)(
  'an account that is deactivated during checkout has an order or none (round %i)',
  async () => {
    const accountOf = accountId('Alpine Dental');
    const { reseller } = people(gateway);
    await reseller.add({ productId: STORAGE });
    await reseller.choose({ accountId: accountOf });
    const { basket } = await reseller.confirm();
    const [answer] = await Promise.all([
      reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() }),
      admin.does('deactivateAccount', { accountId: accountOf }),
    ]);
    expect(said([answer])).toEqual(answer.order ? { done: 1 } : { RECIPIENT_NOT_ALLOWED: 1 });
    expect(await counts(gateway, 'orders')).toEqual({ orders: answer.order ? 1 : 0 });
    await admin.does('activateAccount', { accountId: accountOf });
    await reseller.empty();
  },
);

test('of ten concurrent price changes on one version, one is accepted', async () => {
  const answers = await atOnce(10, nth =>
    admin.ask('setPrice', { ...PRICE, unitPrice: `${10 + nth}.00`, expectedVersion: 1 }),
  );
  expect(said(answers)).toEqual({ done: 1, VERSION_CONFLICT: 9 });
  expect(await counts(gateway, 'past_prices')).toEqual({ past_prices: 1 });
});

test('ten concurrent price changes are ten versions, each with its period, none lost', async () => {
  const [before] = await gateway.rows('SELECT version FROM catalog_version');
  const answers = await atOnce(10, nth => admin.ask('setPrice', { ...PRICE, unitPrice: `${10 + nth}.00` }));
  expect(said(answers)).toEqual({ done: 10 });
  const past = await gateway.rows(
    'SELECT version, unitMinor, validFrom, validUntil FROM past_prices ORDER BY version',
  );
  const [now] = await gateway.rows(
    'SELECT version, unitMinor, validFrom FROM prices WHERE priceListId = ? AND itemId = ? AND billingCycle = ?',
    Object.values(PRICE),
  );
  expect(past.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(now?.version).toBe(11);
  const values = [...past.slice(1), now].map(row => row?.unitMinor);
  expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, nth) => 1000 + 100 * nth));
  // Each is good until the next begins.
  expect(past.map(({ validUntil }) => validUntil)).toEqual(
    [...past.slice(1), now].map(row => row?.validFrom),
  );
  const [after] = await gateway.rows('SELECT version FROM catalog_version');
  expect(after?.version).toBe(before?.version + 10);
  expect(gateway.app.deps.catalog.current.version).toBe(after?.version);
});

test('ten concurrent creations of one SKU create one product', async () => {
  const answers = await atOnce(10, nth =>
    admin.ask('createProduct', {
      serviceId: demoId('svc', 'cloud-backup'),
      categoryId: demoId('cat', 'cloud-backup'),
      sku: 'ONE-SKU',
      slug: `slug-${nth}`,
      name: 'One',
      capacityBytes: '1',
    }),
  );
  expect(said(answers)).toEqual({ done: 1, ALREADY_EXISTS: 9 });
});

test('ten concurrent creations of one e-mail create one user', async () => {
  const answers = await atOnce(10, () =>
    admin.ask('createUser', {
      name: 'One',
      email: 'one@races.example',
      roles: ['ACCOUNT_MANAGER'],
      password: 'a good long password',
    }),
  );
  expect(said(answers)).toEqual({ done: 1, ALREADY_EXISTS: 9 });
});

describe('administrators who deactivate each other concurrently', () => {
  const ADMINS = ['admin@bss.example', 'manager@bss.example', 'manager2@bss.example'];
  const everybody = () =>
    gateway.rows(
      `UPDATE users SET deactivatedAt = NULL, sessionVersion = 0, roles = '["ADMINISTRATOR"]' WHERE email IN (?)`,
      [ADMINS],
    );

  test.each(rounds)('leave at least one (round %i)', async round => {
    await everybody();
    const tokens = await Promise.all(ADMINS.map(email => newSession(gateway, email)));
    const shut = (name: 'deactivateUser' | 'setUserRoles', by: number, whom: number) => {
      const target = userId(ADMINS[whom] ?? '');
      const input = name === 'setUserRoles' ? { userId: target, roles: [] } : { userId: target };
      return gateway.send(tokens[by] ?? null, adminDocument(name), { input });
    };
    const name = round % 2 === 0 ? 'deactivateUser' : 'setUserRoles';
    const answers = await Promise.all([shut(name, 0, 1), shut(name, 1, 2), shut(name, 2, 0)]);
    const done = answers.filter(({ data }) => data?.[name]?.errors.length === 0);
    const left = await gateway.rows(
      `SELECT email FROM users WHERE email IN (?) AND deactivatedAt IS NULL AND JSON_LENGTH(roles) > 0`,
      [ADMINS],
    );
    expect(left.length).toBe(ADMINS.length - done.length);
    expect([1, 2]).toContain(left.length);
    // Who was shut out before its turn came was refused, or was not even known any more.
    for (const { data, errors } of answers.filter(answer => !done.includes(answer))) {
      const code = errors?.[0]?.extensions.code ?? data[name].errors[0].code;
      expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(code);
    }
  });
});
