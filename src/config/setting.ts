import { z } from 'zod';

/** Columns of a setting in the generated reference. */
export interface SettingReference {
  /** Description of the setting. */
  description?: string;
  /** Accepted values. */
  values?: string;
  /** Default value. Undefined if the setting is required or optional without a default. */
  defaultValue?: string;
}

/** Describes a setting. An empty value counts as not set, because a compose file passes every variable on. */
export const setting = <T extends z.ZodType>(schema: T, description: string) =>
  z
    .preprocess(value => (value === '' ? undefined : value), schema)
    .meta({ ...(schema.meta() as SettingReference | undefined), description });

/** Text. Required without a default. */
export const text = (defaultValue?: string) =>
  defaultValue === undefined ? z.string() : z.string().default(defaultValue).meta({ defaultValue });

/** Boolean: 1 or 0, true or false, on or off. */
export const flag = (defaultValue: boolean) =>
  z
    .enum(['0', '1', 'true', 'false', 'on', 'off'], { error: 'must be 1 or 0' })
    .optional()
    .transform(value => (value === undefined ? defaultValue : ['1', 'true', 'on'].includes(value)))
    .meta({ values: '1 or 0', defaultValue: defaultValue ? '1' : '0' });

const between = (least: number, most: number) =>
  z.string().refine(value => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most, {
    error: `must be a whole number from ${least} to ${most}`,
  });

/** Integer in a range. */
export const integer = (least: number, most: number, defaultValue: number) =>
  between(least, most)
    .prefault(String(defaultValue))
    .transform(Number)
    .meta({ values: `${least} to ${most}`, defaultValue: String(defaultValue) });

/** Optional integer in a range. */
export const optionalInteger = (least: number, most: number) =>
  between(least, most)
    .transform(Number)
    .optional()
    .meta({ values: `${least} to ${most}` });

/** One of a list of words. */
export const oneOf = <const W extends readonly [string, ...string[]]>(words: W, defaultValue: W[number]) =>
  z
    .enum(words, { error: `must be one of ${words.join(', ')}` })
    .prefault(defaultValue)
    .meta({ values: words.map(word => `\`${word}\``).join(', '), defaultValue });

/** URL with one of `protocols`. */
export const url = (...protocols: string[]) =>
  z
    .string()
    .refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
      error: `must be an address that starts with ${protocols.map(p => `${p}//`).join(' or ')}`,
    })
    .meta({ values: protocols.map(p => `\`${p}//…\``).join(' or ') });
