import removeAccents from 'remove-accents';
import { MAX_TERM_LENGTH } from '../../entities';
import { requestError } from '../../errors';

const MAX_LENGTH = 100;
const MAX_WORDS = 10;

/**
 * Words of a text, without repeats: in lower case, without accents, at most 40 characters each. Everything but letters
 * and digits separates words.
 */
export function wordsOf(text: string): string[] {
  const plain = removeAccents(text.normalize('NFKD').replace(/\p{M}/gu, ''));
  // To upper case first: it turns `ß` into `SS`.
  const words =
    plain
      .toUpperCase()
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map(word => word.slice(0, MAX_TERM_LENGTH)))];
}

/** Search text of a client, trimmed. Undefined if it is omitted or blank. Throws BAD_USER_INPUT if it is too long. */
export function searchText(search: string | null | undefined): string | undefined {
  const text = search?.trim() || undefined;
  if (!text || text.length <= MAX_LENGTH) return text;
  throw requestError('BAD_USER_INPUT', `\`search\` can have at most ${MAX_LENGTH} characters.`);
}

/** Words that a row must have as prefixes of its own. Undefined without a search. Throws BAD_USER_INPUT for too many. */
export function searchWords(search: string | null | undefined): string[] | undefined {
  const text = searchText(search);
  if (text === undefined) return undefined;
  const words = wordsOf(text);
  if (words.length <= MAX_WORDS) return words;
  throw requestError('BAD_USER_INPUT', `\`search\` can have at most ${MAX_WORDS} words.`);
}
