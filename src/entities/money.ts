import { Field, ObjectType } from 'type-graphql';
import { CurrencyCodeScalar, DecimalScalar } from './scalars';

const digits = new Map<string, number>();

/** How many digits the currency has after the point, as ISO 4217 says: 2 for EUR, 0 for JPY. */
function fractionDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits as number;
    digits.set(currency, known);
  }
  return known;
}

/** Minor units as a decimal string: `1250` EUR is `12.50`. */
function decimal(minor: number, currency: string): string {
  const fraction = fractionDigits(currency);
  const text = String(Math.abs(minor)).padStart(fraction + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (fraction === 0) return sign + text;
  return `${sign}${text.slice(0, -fraction)}.${text.slice(-fraction)}`;
}

/** A decimal string as minor units: `12.50` EUR is 1250. Undefined where the currency has no such fraction. */
export function minorUnits(text: string, currency: string): number | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const places = fractionDigits(currency);
  const dropped = fraction.slice(places);
  if (whole === undefined || /[1-9]/.test(dropped)) return undefined;
  const minor = Number(`${sign}${whole}${fraction.slice(0, places).padEnd(places, '0')}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Whether this is the code of a currency that money can be counted in. */
export const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);

@ObjectType({ simpleResolvers: true, description: 'An amount of money.' })
export class Money {
  @Field(() => DecimalScalar, { description: 'In units of the currency: `"12.50"`.' })
  amount!: string;

  @Field(() => CurrencyCodeScalar, { description: 'ISO 4217.' })
  currency!: string;

  /** @param minor whole minor units: cents for EUR. */
  static of(minor: number, currency: string): Money {
    return Object.assign(new Money(), { amount: decimal(minor, currency), currency });
  }
}

/** Adds or multiplies minor units; a result that is no longer exact is refused rather than stored. */
export function exact(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not an exact whole number`);
  return minor;
}
