import { columns, type Value } from '../../database';
import { SearchTerm } from '../../entities';
import type { Narrowing, ReferredRows } from '../where';
import { searchText, searchWords } from './words';

const s = columns(SearchTerm, 's');

/** Rows with words of their own, or through another row. */
export interface SearchedThrough {
  /** Prefix of the ids of the rows with the words. */
  kind: string;
  /** Column of the list with the id of the row with the words. */
  column: string;
}

/** Rows that the whole text of a search finds, beside its words. */
export interface WholeText {
  sql: string;
  values: readonly Value[];
  /** Undefined if no index finds them. */
  narrowing: Narrowing | undefined;
}

/** Pattern of `LIKE` for texts that start with `text`. */
export const prefixPattern = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Rows of a list that have a word with a prefix. */
function rowsWith({ kind, column }: SearchedThrough, word: string): ReferredRows {
  const ids = `SELECT ${s.id} FROM ${s.table} WHERE ${s.kind} = '${kind}' AND ${s.term} LIKE ?`;
  return { column, ids, values: [prefixPattern(word)] };
}

/** Condition of the rows that a search finds: each word is a prefix of a word of theirs, or `whole` has them. */
export function searchCondition(
  search: string | null | undefined,
  through: readonly SearchedThrough[],
  wholeOf?: (text: string) => WholeText | undefined,
) {
  const words = searchWords(search);
  if (!words) return undefined;
  const whole = wholeOf?.(searchText(search) ?? '');
  // A scalar subquery: EXISTS would become a temporary table of all rows with the word.
  const has = through.map(
    ({ column }) =>
      `(SELECT 1 FROM ${s.table} FORCE INDEX (search_terms_by_row) WHERE ${s.id} = ${column} AND ${s.term} LIKE ? LIMIT 1)`,
  );
  const each = words.map(() => `COALESCE(${has.join(', ')}, 0)`).join(' AND ') || 'FALSE';
  const among = through.map(way => `${way.column} IN (${rowsWith(way, '').ids})`).join(' OR ');
  const eachAmong = words.map(() => `(${among})`).join(' AND ') || 'FALSE';
  const ways = words.map((word): Narrowing => through.map(way => rowsWith(way, word)));
  const beside = whole ? whole.narrowing : [];
  const either = (sql: string) => (whole ? `${whole.sql} OR (${sql})` : sql);
  const values = [...(whole?.values ?? []), ...words.flatMap(word => through.map(() => prefixPattern(word)))];
  return {
    sql: either(each),
    values,
    whole: { sql: either(eachAmong), values },
    narrowings: beside ? (words.length > 0 ? ways : [[]]).map(way => [...way, ...beside]) : [],
  };
}
