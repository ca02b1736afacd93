import { GraphQLCountryCode } from 'graphql-scalars';
import { z } from 'zod';
import { canonicalEmail } from '../entities';
import { invalid, type Path, refuseIf } from '../errors';

/** Parses an input. Refuses with an INVALID_INPUT per field. `at` is the path within a larger input. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, at: Path = []): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  refuseIf(
    parsed.error.issues.map(issue => invalid([...at, ...issue.path.map(String)], `${issue.message}.`)),
  );
  throw parsed.error;
}

/**
 * Characters that a line must not have: controls, line and paragraph separators, and invisible characters such as
 * bidirectional overrides and Hangul fillers. The two joiners are allowed: Persian, Indic scripts and emoji need
 * them.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;

/** Visible characters: letters, digits, signs and symbols, except the blank Braille pattern. */
const VISIBLE = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** Schema of a single line of visible text, trimmed. */
export const singleLine = (label: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `${label} must not be empty` })
    .max(max, { error: `${label} must have at most ${max} characters` })
    .refine(text => !UNPRINTABLE.test(text), {
      error: `${label} must not contain control characters, line breaks or invisible characters`,
      abort: true,
    })
    .refine(text => text === '' || VISIBLE.test(text), { error: `${label} must not look empty` });

/** Schema of an e-mail address, converted to its canonical form. */
export const emailAddress = z.string().transform((text, context) => {
  const email = canonicalEmail(text);
  if (email !== undefined) return email;
  context.issues.push({ code: 'custom', message: 'The e-mail address is not valid', input: text });
  return z.NEVER;
});

/** Schema of an optional field. Omitted values become null. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform(value => value ?? null);

/** Whether a value is given: neither omitted nor null. */
export const isGiven = <T>(value: T): value is NonNullable<T> => value !== undefined && value !== null;

/** Schema of a field of a change. Omitted values are kept; null is refused. */
export const patchField = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .refine((value): boolean => value !== null, {
      error: 'This cannot be empty. Leave it out to keep the value',
    })
    .transform(value => value ?? undefined);

/** Schema of an idempotency key. */
export const idempotencyKey = singleLine('The idempotency key', 255);

/** Schema of an optional idempotency key. */
export const optionalKey = z.object({ idempotencyKey: optional(idempotencyKey) });

/** Schema of an optional explanation. */
export const optionalText = (label: string) => optional(singleLine(label, 1000));

/** Schema of a reference of another system. Blank values become null. */
const reference = (label: string) =>
  z
    .string()
    .trim()
    .transform(text => text || null)
    .nullish()
    .pipe(optional(singleLine(label, 100)));

/** Schema of an external reference. */
export const externalReference = reference('The external reference');

/** Schema of the references of a new order. */
export const orderReferences = {
  externalReference,
  purchaseOrderNumber: reference('The purchase order number'),
};

/** Schema of the name of a subscription. */
export const friendlyName = singleLine('The friendly name', 100);

/** Whether `code` is an ISO 3166-1 alpha-2 code, in capitals. */
function isCountry(code: string): boolean {
  try {
    return GraphQLCountryCode.parseValue(code) === code && code === code.toUpperCase();
  } catch {
    return false;
  }
}

/** Schema of billing details. */
export const billingDetails = z.object({
  company: singleLine('The company', 200),
  vatNumber: optional(singleLine('The VAT number', 30)),
  email: z
    .email({ error: 'The e-mail address is not valid' })
    .max(200, { error: 'The e-mail address is too long' }),
  addressLine1: singleLine('The address', 200),
  addressLine2: optional(singleLine('The address', 200)),
  city: singleLine('The city', 100),
  postalCode: singleLine('The postal code', 20),
  country: z.string().refine(isCountry, { error: 'The country must be an ISO 3166-1 alpha-2 code, like DE' }),
});
