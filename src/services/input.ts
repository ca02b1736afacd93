import { z } from 'zod';
import { canonicalEmail } from '../entities';
import { invalid, type Path, refuseIf } from '../errors';
import { isCountry } from './countries';

/**
 * Checks the values of an input against `schema`; refuses with one INVALID_INPUT for every field that is not acceptable.
 * Gives the values back as the schema makes them (trimmed, for instance). `at` is where `input` stands in a larger one.
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, at: Path = []): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  refuseIf(
    parsed.error.issues.map(issue => invalid([...at, ...issue.path.map(String)], `${issue.message}.`)),
  );
  throw parsed.error;
}

/**
 * Characters that a line does not have: controls, line and paragraph separators, and the invisible ones, among which are
 * those that turn the direction of what follows and the Hangul fillers. Two joiners stay: Persian, Indic scripts and
 * emoji are written with them.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;

/** What a reader sees: a letter, digit, sign or symbol, but for the Braille pattern without dots. */
const VISIBLE = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text for people in one line, trimmed, with something to see. */
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

/** An e-mail address in its canonical form, by which sign-in, providers and other systems know its holder. */
export const emailAddress = z.string().transform((text, context) => {
  const email = canonicalEmail(text);
  if (email !== undefined) return email;
  context.issues.push({ code: 'custom', message: 'The e-mail address is not valid', input: text });
  return z.NEVER;
});

/** A field that may be left out or null. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform(value => value ?? null);

/** Whether a client has given a value: not left out, and not null. */
export const isGiven = <T>(value: T): value is NonNullable<T> => value !== undefined && value !== null;

/** A field of a change that stays as it is where it is left out. Null is refused: the field cannot be empty. */
export const patchField = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .refine((value): boolean => value !== null, {
      error: 'This cannot be empty. Leave it out to keep the value',
    })
    .transform(value => value ?? undefined);

/** The client's key for a mutation that must not be carried out twice. */
export const idempotencyKey = singleLine('The idempotency key', 255);

/** The same of a mutation that may be called without a key. */
export const optionalKey = z.object({ idempotencyKey: optional(idempotencyKey) });

/** What a client writes to explain itself. */
export const optionalText = (label: string) => optional(singleLine(label, 1000));

/** The name of a subscription. */
export const friendlyName = singleLine('The friendly name', 100);

/** Who is billed. */
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
