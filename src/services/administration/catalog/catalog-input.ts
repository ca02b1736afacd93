import { z } from 'zod';
import { canonicalText, isSku, isSlug } from '../../../entities';
import { optional, singleLine } from '../../input';

const MAX_ATTRIBUTES = 50;

/** Schema of an identifier in its canonical form. */
const identifier = (label: string, max: number, isValid: (text: string) => boolean, form: string) =>
  z
    .string()
    .transform(canonicalText)
    .pipe(singleLine(label, max))
    .pipe(z.string().refine(isValid, { error: `${label} must be ${form}` }));

const LOWER_CASE = 'lower-case letters and digits, with hyphens between them';

/** URL slug. */
export const slug = identifier('The slug', 100, isSlug, LOWER_CASE);

/** Code of a price list. */
export const code = identifier('The code', 40, isSlug, LOWER_CASE);

/** SKU, which is also the provider's id of the item. */
export const sku = identifier(
  'The SKU',
  64,
  isSku,
  'letters and digits, with dots, hyphens and underscores between them',
);

/** Display name. */
export const name = singleLine('The name', 255);

/** Description, on one line. */
export const description = optional(singleLine('The description', 2000));

/** Description of a change: kept if omitted, cleared if null. */
export const changedDescription = singleLine('The description', 2000).nullable().optional();

/** Position among its siblings. */
export const position = z
  .int()
  .min(0, { error: 'The position must be 0 or more' })
  .max(1_000_000, { error: 'The position must be 1000000 or less' });

/** Bytes as a string that holds an integer up to 2^53 - 1. */
export const bytes = z
  .string()
  .transform(Number)
  .refine(count => Number.isSafeInteger(count) && count >= 0, {
    error: 'The bytes must be a whole number from 0 to 9007199254740991',
  });

/** Attributes for the provider. Names are unique. */
export const providerAttributes = z
  .array(
    z.object({
      name: singleLine('The name of an attribute', 64),
      value: singleLine('The value of an attribute', 255),
    }),
  )
  .max(MAX_ATTRIBUTES, { error: `There can be at most ${MAX_ATTRIBUTES} attributes` })
  .refine(list => new Set(list.map(attribute => attribute.name)).size === list.length, {
    error: 'Name every attribute once',
  })
  .transform(list => Object.fromEntries(list.map(attribute => [attribute.name, attribute.value])));

/** Patch without undefined values. */
export type WithoutUndefined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Removes undefined values from `patch`. */
export function withoutUndefined<T extends object>(patch: T): WithoutUndefined<T> {
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as WithoutUndefined<T>;
}
