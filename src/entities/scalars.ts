import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** Serialized to a string here, because JSON.stringify takes twice as long for a Date. An invalid Date throws. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  ...GraphQLDateTime.toConfig(),
  serialize: value =>
    value instanceof Date ? value.toISOString() : GraphQLDateTime.serialize(value).toISOString(),
  description: 'Date and time in UTC, RFC 3339 with milliseconds: `2026-11-22T21:15:00.000Z`.',
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

/** Decimal number as a string, with the decimal places of the currency. */
export const DecimalScalar = textScalar(
  'Decimal',
  'Exact decimal number as a string: `"12.50"`. Never a Float.',
  /^-?\d{1,18}(\.\d{1,6})?$/,
);

/** ISO 4217 currency code. */
export const CurrencyCodeScalar = textScalar(
  'CurrencyCode',
  'Currency code, ISO 4217: `"EUR"`.',
  /^[A-Z]{3}$/,
);

/** ISO 3166-1 alpha-2 country code. Any text is parsed: the service refuses other codes as data that names the field. */
export const CountryCodeScalar = textScalar(
  'CountryCode',
  'Country code, ISO 3166-1 alpha-2: `"DE"`. A mutation refuses other codes with INVALID_INPUT.',
  /^/,
);

/** 64-bit integer as a string, because JSON numbers are not exact beyond 2^53. */
export const BigIntScalar = textScalar(
  'BigInt',
  'Integer of up to 64 bits as a string: `"1000000000000"`.',
  /^-?\d{1,19}$/,
);

/** Opaque cursor of a stream. Pass the last one as `after` to resume. */
export const StreamCursorScalar = textScalar(
  'StreamCursor',
  'Opaque cursor of a stream. Store the cursor of the last message and pass it as `after` to resume.',
  /^[A-Za-z0-9_-]{1,64}$/,
);
