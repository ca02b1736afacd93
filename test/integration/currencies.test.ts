import type { DataSource } from 'typeorm';
import { createDataSource, detectDialect } from '../../src/database';
import { isoCurrencies } from '../../src/entities';
import { Currencies1795700100000 } from '../../src/migrations/1795700100000-currencies';
import { ADMIN } from '../support/demo';
import { emptySchema } from '../support/empty-schema';
import { startTestGateway, type TestGateway } from '../support/gateway';

/** What the migration finds: the schema of today without it, and a price list in `currency`. */
async function before(currency: string, prices: number): Promise<DataSource> {
  const url = await emptySchema();
  const source = await createDataSource(url, await detectDialect(url), 2).initialize();
  await source.runMigrations({ transaction: 'each' });
  await source.query('DROP TABLE currencies');
  await source.query(`INSERT INTO price_lists VALUES ('pl_1', 'partners', ?, false)`, [currency]);
  if (prices > 0) {
    await source.query(
      `INSERT INTO prices (priceListId, itemId, billingCycle, unitMinor) VALUES ('pl_1', 'prod_1', 'MONTHLY', 5000)`,
    );
  }
  return source;
}

const migrate = async (source: DataSource) => {
  const runner = source.createQueryRunner();
  try {
    await new Currencies1795700100000().up(runner);
  } finally {
    await runner.release();
  }
};

const stored = async (source: DataSource): Promise<Record<string, number>> => {
  const rows: { code: string; exponent: number }[] = await source.query('SELECT * FROM currencies');
  return Object.fromEntries(rows.map(({ code, exponent }) => [code, exponent]));
};

const ISO = Object.fromEntries(isoCurrencies().map(({ code, exponent }) => [code, exponent]));

test.each([
  ['EUR', 1],
  ['JPY', 1],
  ['COP', 0],
])('existing lists in %s with %i prices get the decimal places of ISO 4217', async (currency, prices) => {
  const source = await before(currency, prices);
  try {
    await migrate(source);
    expect(await stored(source)).toEqual(ISO);
    await migrate(source);
    expect(await stored(source)).toEqual(ISO);
  } finally {
    await source.destroy();
  }
});

test('the migration asks about amounts that releases of Node.js wrote differently, and continues with the answer', async () => {
  const source = await before('COP', 1);
  try {
    for (const _ of [1, 2]) {
      await expect(migrate(source)).rejects.toThrow(
        'these price lists cannot be read safely: partners (COP).',
      );
      expect(await stored(source)).toEqual({});
    }
    await source.query(`INSERT INTO currencies VALUES ('COP', 0)`);
    await migrate(source);
    expect(await stored(source)).toEqual({ ...ISO, COP: 0 });
  } finally {
    await source.destroy();
  }
});

test('a currency in use that ISO 4217 does not list stops the migration until its decimal places are stored', async () => {
  const source = await before('HRK', 0);
  try {
    for (const _ of [1, 2])
      await expect(migrate(source)).rejects.toThrow("INSERT INTO currencies VALUES ('HRK', 2)");
    await source.query(`INSERT INTO currencies VALUES ('HRK', 2)`);
    await migrate(source);
    expect(await stored(source)).toEqual({ ...ISO, HRK: 2 });
  } finally {
    await source.destroy();
  }
});

describe('a gateway', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const ask = async (query: string, variables: object = {}) => {
    const { data, errors } = await gateway.send(await gateway.token(ADMIN), query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  const create = async (currency: string) => {
    const { createPriceList } = await ask(
      `mutation ($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { id } errors { code path } } }`,
      { input: { code: `list-${currency.toLowerCase()}`, currency } },
    );
    return createPriceList;
  };
  const itemId = async () => (await gateway.rows('SELECT id FROM products ORDER BY id LIMIT 1'))[0]?.id;
  const set = async (priceListId: string, unitPrice: string) =>
    (
      await ask(
        `mutation ($input: SetPriceInput!) { setPrice(input: $input) { price { unitPrice { amount currency } } errors { code path } } }`,
        { input: { priceListId, itemId: await itemId(), billingCycle: 'MONTHLY', unitPrice } },
      )
    ).setPrice;

  test.each(['BHD', 'CLF', 'COP', 'HUF', 'IDR', 'JPY', 'MRU', 'UYW'])(
    'accepts a price list in %s, and rejects amounts with more decimal places',
    async code => {
      const exponent = ISO[code] ?? Number.NaN;
      const { priceList, errors } = await create(code);
      expect([code, errors]).toEqual([code, []]);
      const amount = exponent === 0 ? '12' : `12.${'3'.repeat(exponent)}`;
      expect((await set(priceList.id, amount)).price.unitPrice).toEqual({ amount, currency: code });
      const [row] = await gateway.rows('SELECT unitMinor FROM prices WHERE priceListId = ?', [priceList.id]);
      expect(row?.unitMinor).toBe(Number(amount.replace('.', '')));
      const finer = `${amount}${exponent === 0 ? '.' : ''}1`;
      expect((await set(priceList.id, finer)).errors).toMatchObject([
        { code: 'INVALID_INPUT', path: ['unitPrice'] },
      ]);
    },
  );

  test.each(['XXX', 'XAU', 'HRK', 'ABC'])('rejects %s, which is not a currency of sale', async currency => {
    const lists = 'SELECT COUNT(*) AS n FROM price_lists';
    const [before] = await gateway.rows(lists);
    expect((await create(currency)).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['currency'] }]);
    expect(await gateway.rows(lists)).toEqual([before]);
  });

  test('uses the stored decimal places, not those of its libraries', async () => {
    await gateway.rows(`UPDATE currencies SET exponent = 0 WHERE code = 'AMD'`);
    const { priceList } = await create('AMD');
    expect((await set(priceList.id, '5000')).price.unitPrice).toEqual({ amount: '5000', currency: 'AMD' });
    expect((await set(priceList.id, '5000.50')).errors).toMatchObject([{ path: ['unitPrice'] }]);
  });

  test('stores a currency that ISO 4217 introduced after the migration with its first price list', async () => {
    await gateway.rows(`DELETE FROM currencies WHERE code = 'XCG'`);
    expect((await create('XCG')).errors).toEqual([]);
    expect(await gateway.rows(`SELECT exponent FROM currencies WHERE code = 'XCG'`)).toEqual([
      { exponent: 2 },
    ]);
  });
});
