import { Field } from 'type-graphql';
import type { Currency } from './currency';
import { SimpleType } from './fields';
import { CurrencyCodeScalar, DecimalScalar } from './scalars';

/** Formats minor units as a decimal string: `1250` EUR is `12.50`. */
function decimal(minor: number | bigint, exponent: number): string {
  const text = String(minor)
    .replace('-', '')
    .padStart(exponent + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (exponent === 0) return sign + text;
  return `${sign}${text.slice(0, -exponent)}.${text.slice(-exponent)}`;
}

/** Parses a decimal string to minor units: `12.50` EUR is 1250. Undefined if the currency has no such fraction. */
export function minorUnits(text: string, { exponent }: Currency): number | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const dropped = fraction.slice(exponent);
  if (whole === undefined || /[1-9]/.test(dropped)) return undefined;
  const minor = Number(`${sign}${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

@SimpleType('An amount of money.')
export class Money {
  @Field(() => DecimalScalar, { description: 'Amount in units of the currency: `"12.50"`.' })
  amount!: string;

  @Field(() => CurrencyCodeScalar, { description: 'Currency code, ISO 4217.' })
  currency!: string;

  /** @param minor integer minor units: cents for EUR. */
  static of(minor: number | bigint, { code, exponent }: Currency): Money {
    return Object.assign(new Money(), { amount: decimal(minor, exponent), currency: code });
  }

  /** Formats minor units for a message: `12.50 EUR`. */
  static text(minor: number | bigint, { code, exponent }: Currency): string {
    return `${decimal(minor, exponent)} ${code}`;
  }
}

/** Returns a safe integer as it is. Throws a RangeError otherwise, so that no inexact amount is stored. */
export function exact(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not an exact whole number`);
  return minor;
}
