import 'reflect-metadata';
import { exact, Money } from '../../src/entities';

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
  [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
])('%i minor units of %s are shown as %s', (minor, currency, amount) => {
  expect(Money.of(minor, currency)).toEqual({ amount, currency });
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
