import { z } from 'zod';

/** Secrets published in this repository, with which anybody could sign tokens. */
const PUBLISHED: ReadonlySet<string> = new Set(['at least thirty-two characters of chance']);

/** Minimum number of distinct characters. Random secrets of 32 characters have more. */
const MIN_DISTINCT_CHARACTERS = 8;

const isGuessable = (value: string): boolean =>
  PUBLISHED.has(value) || new Set(value).size < MIN_DISTINCT_CHARACTERS;

/** Secret of at least 32 characters that is neither published nor easily guessed. */
export const secret = () =>
  z
    .string()
    .min(32, { error: 'must have at least 32 characters', abort: true })
    .refine(value => !isGuessable(value), {
      error: 'is a published example or can be guessed; make one with `openssl rand -base64 48`',
    })
    .meta({ values: 'at least 32 characters' });
