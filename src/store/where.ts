import type { Value } from '../database';
import { searchText } from './search-text';
import type { Condition } from './visibility';

/** Conditions that all have to hold. */
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

  /** Adds `column IN (…)` where a list is given; an empty list lets nothing through. */
  in(column: string, wanted: readonly string[] | null | undefined): this {
    if (!wanted) return this;
    return wanted.length === 0
      ? this.and('FALSE')
      : this.and(`${column} IN (${wanted.map(() => '?')})`, ...wanted);
  }

  /** Adds `column = ?`, for a column of ids or words, where a value is given. */
  is(column: string, value: string | null | undefined): this {
    return value === null || value === undefined ? this : this.and(`${column} = ?`, value);
  }

  /** Adds that a time is, or is not, set, where either is asked for. */
  isNull(column: string, wanted: boolean | null | undefined): this {
    if (wanted === null || wanted === undefined) return this;
    return this.and(`${column} IS ${wanted ? '' : 'NOT '}NULL`);
  }

  /** Adds that one of `columns` contains `text`, in any case, where there is a text. */
  contains(columns: readonly string[], text: string | null | undefined): this {
    const wanted = searchText(text);
    if (!wanted) return this;
    const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
    // Identifiers are compared byte by byte; a search is not.
    const like = columns.map(column => `${column} COLLATE utf8mb4_unicode_ci LIKE ?`);
    return this.and(like.join(' OR '), ...columns.map(() => pattern));
  }
}
