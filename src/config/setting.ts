import { z } from 'zod';

/** What the reference says of a setting beside its name. */
export interface SettingNotes {
  meaning?: string;
  /** What it may be, in words. */
  values?: string;
  /** What it is when nothing is set; left out where it has to be set, or may be left out. */
  whenUnset?: string;
}

/** `''` counts as not set, as in a compose file that passes every variable on. What it means is for the reference. */
export const setting = <T extends z.ZodType>(schema: T, meaning: string) =>
  z
    .preprocess(value => (value === '' ? undefined : value), schema)
    .meta({ ...(schema.meta() as SettingNotes | undefined), meaning });

/** Any text; has to be set where there is no `whenUnset`. */
export const text = (whenUnset?: string) =>
  whenUnset === undefined ? z.string() : z.string().default(whenUnset).meta({ whenUnset });

/** 1 or 0, in the usual spellings. */
export const flag = (whenUnset: boolean) =>
  z
    .enum(['0', '1', 'true', 'false', 'on', 'off'], { error: 'must be 1 or 0' })
    .optional()
    .transform(value => (value === undefined ? whenUnset : ['1', 'true', 'on'].includes(value)))
    .meta({ values: '1 or 0', whenUnset: whenUnset ? '1' : '0' });

const between = (least: number, most: number) =>
  z.string().refine(value => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most, {
    error: `must be a whole number from ${least} to ${most}`,
  });

/** A whole number. */
export const whole = (least: number, most: number, whenUnset: number) =>
  between(least, most)
    .prefault(String(whenUnset))
    .transform(Number)
    .meta({ values: `${least} to ${most}`, whenUnset: String(whenUnset) });

/** A whole number that may be left out. */
export const wholeIfSet = (least: number, most: number) =>
  between(least, most)
    .transform(Number)
    .optional()
    .meta({ values: `${least} to ${most}` });

/** One of some words. */
export const oneOf = <const W extends readonly [string, ...string[]]>(words: W, whenUnset: W[number]) =>
  z
    .enum(words, { error: `must be one of ${words.join(', ')}` })
    .prefault(whenUnset)
    .meta({ values: words.map(word => `\`${word}\``).join(', '), whenUnset });

/** An address with one of `protocols`. */
export const address = (...protocols: string[]) =>
  z
    .string()
    .refine(
      value => {
        try {
          return protocols.includes(new URL(value).protocol);
        } catch {
          return false;
        }
      },
      { error: `must be an address that starts with ${protocols.map(p => `${p}//`).join(' or ')}` },
    )
    .meta({ values: protocols.map(p => `\`${p}//…\``).join(' or ') });
