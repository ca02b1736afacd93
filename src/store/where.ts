import type { Value } from '../database';
import { type Actor, seesAmounts } from '../policies';
import { searchText } from './search-text';
import type { Condition } from './visibility';

/** Period: `from` inclusive, `until` exclusive. */
export interface DateRange {
  from?: Date | null;
  until?: Date | null;
}

/** Conjunction of conditions. */
export class Where {
  private readonly parts: string[];
  readonly values: Value[];

  constructor({ sql, values }: Condition = { sql: 'TRUE', values: [] }) {
    this.parts = [sql];
    this.values = [...values];
  }

  get sql(): string {
    return this.parts.join(' AND ');
  }

  /** Adds a condition. */
  and(sql: string, ...values: Value[]): this {
    this.parts.push(`(${sql})`);
    this.values.push(...values);
    return this;
  }

  /** Adds `column IN (…)` if a list is given. An empty list matches nothing. */
  in(column: string, wanted: readonly string[] | null | undefined): this {
    if (!wanted) return this;
    return wanted.length === 0
      ? this.and('FALSE')
      : this.and(`${column} IN (${wanted.map(() => '?')})`, ...wanted);
  }

  /** Adds `column = ?` if a value is given. */
  is(column: string, value: string | null | undefined): this {
    return value === null || value === undefined ? this : this.and(`${column} = ?`, value);
  }

  /** Adds `column = ?` if a reference is given. Matches nothing for viewers who cannot see the column. */
  isReference(column: string, value: string | null | undefined, actor: Actor): this {
    if (value === null || value === undefined || seesAmounts(actor)) return this.is(column, value);
    return this.and('FALSE');
  }

  /** Adds `column IS NULL` or `IS NOT NULL` if `wanted` is given. */
  isNull(column: string, wanted: boolean | null | undefined): this {
    if (wanted === null || wanted === undefined) return this;
    return this.and(`${column} IS ${wanted ? '' : 'NOT '}NULL`);
  }

  /** Adds the conditions of a period: `from` inclusive, `until` exclusive. */
  within(column: string, range: DateRange | null | undefined): this {
    if (range?.from) this.and(`${column} >= ?`, range.from);
    if (range?.until) this.and(`${column} < ?`, range.until);
    return this;
  }

  /** Adds a case-insensitive search for `text` in any of `columns` if a text is given. */
  contains(columns: readonly string[], text: string | null | undefined): this {
    const wanted = searchText(text);
    if (!wanted) return this;
    const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
    // Identifiers are compared byte by byte; a search is not.
    const like = columns.map(column => `${column} COLLATE utf8mb4_unicode_ci LIKE ?`);
    return this.and(like.join(' OR '), ...columns.map(() => pattern));
  }
}
