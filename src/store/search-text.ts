import { requestError } from '../errors';

const MAX_LENGTH = 100;

/**
 * Normalizes a search text: trimmed, undefined if it is omitted or blank. Throws BAD_USER_INPUT for a longer text
 * than allowed.
 */
export function searchText(search: string | null | undefined): string | undefined {
  const text = search?.trim() || undefined;
  if (!text || text.length <= MAX_LENGTH) return text;
  throw requestError('BAD_USER_INPUT', `\`search\` can have at most ${MAX_LENGTH} characters.`);
}
