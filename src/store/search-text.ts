import { requestError } from '../errors';

const MAX_LENGTH = 100;

/** The text to search for, trimmed; undefined where it is left out or blank. A longer text is refused, not cut. */
export function searchText(search: string | null | undefined): string | undefined {
  const text = search?.trim() || undefined;
  if (!text || text.length <= MAX_LENGTH) return text;
  throw requestError('BAD_USER_INPUT', `\`search\` may have at most ${MAX_LENGTH} characters.`);
}
