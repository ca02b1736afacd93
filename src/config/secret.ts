import { z } from 'zod';

/** Secrets that this repository has published: anybody can sign tokens with them. */
const PUBLISHED: ReadonlySet<string> = new Set(['at least thirty-two characters of chance']);

/** Different characters of a secret, at least. Random ones of 32 characters have more. */
const DIFFERENT = 8;

const isGuessable = (value: string): boolean => PUBLISHED.has(value) || new Set(value).size < DIFFERENT;

/** A secret that cannot be guessed. */
export const secret = () =>
  z
    .string()
    .min(32, { error: 'must have at least 32 characters', abort: true })
    .refine(value => !isGuessable(value), {
      error: 'is a published example or can be guessed; make one with `openssl rand -base64 48`',
    })
    .meta({ values: 'at least 32 characters' });
