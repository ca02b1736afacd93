import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exact, isoCurrencies, isoCurrency, Money, minorUnits } from '../../src/entities';

/** ISO 4217, list one: the currencies that do not have two decimal places. */
const DECIMALS: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const decimalsOf = (code: string): number =>
  Number(Object.entries(DECIMALS).find(([, codes]) => codes.split(' ').includes(code))?.[0] ?? 2);

const currency = (code: string) => {
  const found = isoCurrency(code);
  if (!found) throw new Error(`${code} is not a currency`);
  return found;
};

test.each([
  [0, 'EUR', '0.00'],
  [5, 'EUR', '0.05'],
  [99, 'EUR', '0.99'],
  [100, 'EUR', '1.00'],
  [1250, 'EUR', '12.50'],
  [-1, 'EUR', '-0.01'],
  [-1250, 'EUR', '-12.50'],
  [1250, 'JPY', '1250'],
  [0, 'JPY', '0'],
  [1250, 'KWD', '1.250'],
  [7, 'KWD', '0.007'],
  [1250, 'COP', '12.50'],
  [1250, 'IDR', '12.50'],
  [1250, 'HUF', '12.50'],
  [1250, 'MRU', '12.50'],
  [1250, 'UYW', '0.1250'],
  [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
])('%i minor units of %s are shown as %s', (minor, code, amount) => {
  expect(Money.of(minor, currency(code))).toEqual({ amount, currency: code });
  expect(minorUnits(amount, currency(code))).toBe(minor);
});

test('every currency has the decimal places of ISO 4217', () => {
  const all = isoCurrencies();
  expect(Object.fromEntries(all.map(({ code, exponent }) => [code, exponent]))).toEqual(
    Object.fromEntries(all.map(({ code }) => [code, decimalsOf(code)])),
  );
  const codes = new Set(all.map(({ code }) => code));
  expect(Object.values(DECIMALS).flatMap(list => list.split(' ').filter(code => !codes.has(code)))).toEqual(
    [],
  );
  expect(['XXX', 'XTS', 'XAU', 'HRK', 'eur', ''].filter(code => isoCurrency(code))).toEqual([]);
});

test.each(isoCurrencies().map(each => [each.code, each] as const))(
  'amounts of %s are written and read without loss, and refused with a fraction that it does not have',
  (_, each) => {
    for (const minor of [0, 1, 9, 10, 99, 100, 12_345, 10 ** 13, -1, -12_345]) {
      const { amount } = Money.of(minor, each);
      expect([amount.split('.')[1]?.length ?? 0, minorUnits(amount, each)]).toEqual([each.exponent, minor]);
    }
    expect(minorUnits('1', each)).toBe(10 ** each.exponent);
    expect(minorUnits(`1.${'0'.repeat(each.exponent)}1`, each)).toBeUndefined();
  },
);

test('no amount depends on the ICU of the runtime', () => {
  const root = resolve(__dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  const using = files.filter(name =>
    /Intl\.(NumberFormat|supportedValuesOf)|toLocaleString/.test(readFileSync(resolve(root, name), 'utf8')),
  );
  expect(using).toEqual([]);
});

test.each([0, -1, 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('%i is exact', minor => {
  expect(exact(minor)).toBe(minor);
});

test.each([
  0.5,
  Number.MAX_SAFE_INTEGER + 1,
  Number.MIN_SAFE_INTEGER - 1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
])('%d is refused rather than rounded', minor => {
  expect(() => exact(minor)).toThrow(RangeError);
});
