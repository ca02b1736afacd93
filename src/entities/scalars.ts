import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** RFC 3339 moment in UTC, e.g. `2026-11-22T21:15:00.000Z`. As text at once, which JSON would take twice as long for. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  ...GraphQLDateTime.toConfig(),
  serialize: value => GraphQLDateTime.serialize(value).toISOString(),
  description: 'A moment in UTC as RFC 3339, with milliseconds: `2026-11-22T21:15:00.000Z`.',
});

const textScalar = (name: string, description: string, pattern: RegExp) => {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw new TypeError(`${name} must look like ${pattern.source}`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: value => String(value),
    parseValue: parse,
    parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
};

/** An amount of money as a decimal string, with as many digits as the currency has. */
export const DecimalScalar = textScalar(
  'Decimal',
  'A decimal number as a string, exact: `"12.50"`. Never a Float.',
  /^-?\d{1,18}(\.\d{1,6})?$/,
);

/** ISO 4217 code. */
export const CurrencyCodeScalar = textScalar(
  'CurrencyCode',
  'A currency as its ISO 4217 code: `"EUR"`.',
  /^[A-Z]{3}$/,
);

/** A 64-bit whole number, as a string because JSON numbers are not exact beyond 2^53. */
export const BigIntScalar = textScalar(
  'BigInt',
  'A whole number of up to 64 bits as a string: `"1000000000000"`.',
  /^-?\d{1,19}$/,
);

/** Where a reader of a stream stands. Opaque: keep it, and send it back as `after`. */
export const StreamCursorScalar = textScalar(
  'StreamCursor',
  'A place in a stream. Opaque: keep the one of the last message and send it back as `after`.',
  /^[A-Za-z0-9_-]{1,64}$/,
);
