import { placeholders, type Value } from '../database';
import { type Actor, seesAmounts } from '../policies';
import { type Condition, wholeOf } from './visibility';

/** Period: `from` inclusive, `until` exclusive. */
export interface DateRange {
  from?: Date | null;
  until?: Date | null;
}

/** Rows that an index of `column` finds. */
export interface IndexedRows {
  column: string;
  sql: string;
  values: readonly Value[];
  /** Whether they have one of `values` in `column`, so that another index can have those of each value sorted. */
  equal: boolean;
}

/** Rows whose `column` has one of the ids that a statement returns as `id`. */
export interface ReferredRows {
  column: string;
  ids: string;
  values: readonly Value[];
}

/** Rows that hold all rows of a list, by one of its conditions: together, all of its sources. */
export type Narrowing = readonly (IndexedRows | ReferredRows)[];

/** Condition of a list, with the narrowings that it gives. */
interface NarrowingCondition extends Condition {
  narrowings: readonly Narrowing[];
}

const oneOf = (column: string, values: readonly Value[]): IndexedRows => ({
  column,
  sql: values.length === 1 ? `${column} = ?` : `${column} IN ${placeholders(values)}`,
  values,
  equal: true,
});

/** Conjunction of conditions. */
export class Where {
  private readonly parts: Condition[];
  /** Ways to find the rows by an index. */
  readonly narrowings: Narrowing[] = [];

  constructor(condition: Condition = { sql: 'TRUE', values: [] }) {
    const { sql, ranges } = condition;
    this.parts = sql === 'TRUE' ? [] : [condition];
    if (ranges) {
      const rows = ranges.map(({ column, values, ids }) =>
        ids ? { column, values, ids } : oneOf(column, values),
      );
      this.narrowings.push(rows);
    }
  }

  get sql(): string {
    return this.parts.map(({ sql }) => sql).join(' AND ') || 'TRUE';
  }

  get values(): Value[] {
    return this.parts.flatMap(({ values }) => values);
  }

  /** The same condition for a statement that reads the whole list. */
  get whole(): Condition {
    const parts = this.parts.map(wholeOf);
    return {
      sql: parts.map(({ sql }) => sql).join(' AND ') || 'TRUE',
      values: parts.flatMap(({ values }) => values),
    };
  }

  /** Number of conditions. */
  get size(): number {
    return this.parts.length;
  }

  /** Adds a condition. */
  and(sql: string, ...values: Value[]): this {
    this.parts.push({ sql: `(${sql})`, values });
    return this;
  }

  /** Adds a condition with the narrowings that it gives, if there is one. */
  narrowedBy(condition: NarrowingCondition | undefined): this {
    if (!condition) return this;
    this.narrowings.push(...condition.narrowings);
    const { sql, values, whole } = condition;
    this.parts.push({
      sql: `(${sql})`,
      values,
      whole: whole && { sql: `(${whole.sql})`, values: whole.values },
    });
    return this;
  }

  /** Adds `column IN (…)` if a list is given. An empty list matches nothing. */
  in(column: string, wanted: readonly string[] | null | undefined): this {
    return wanted ? this.indexed(oneOf(column, [...new Set(wanted)])) : this;
  }

  /** Adds `column = ?` if a value is given. */
  is(column: string, value: string | null | undefined): this {
    return value === null || value === undefined ? this : this.indexed(oneOf(column, [value]));
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
    const limits: [sql: string, at: Date][] = [];
    if (range?.from) limits.push([`${column} >= ?`, range.from]);
    if (range?.until) limits.push([`${column} < ?`, range.until]);
    if (limits.length === 0) return this;
    const sql = limits.map(([limit]) => limit).join(' AND ');
    return this.indexed({ column, sql, values: limits.map(([, at]) => at), equal: false });
  }

  private indexed(rows: IndexedRows): this {
    return this.narrowedBy({ sql: rows.sql, values: rows.values, narrowings: [[rows]] });
  }
}
