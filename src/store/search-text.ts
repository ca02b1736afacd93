import { requestError } from '../errors';

const MAX_LENGTH = 100;

/** Trims a search text. Undefined if it is omitted or blank. Throws BAD_USER_INPUT if it is too long. */
export function searchText(search: string | null | undefined): string | undefined {
  const text = search?.trim() || undefined;
  if (!text || text.length <= MAX_LENGTH) return text;
  throw requestError('BAD_USER_INPUT', `\`search\` can have at most ${MAX_LENGTH} characters.`);
}
