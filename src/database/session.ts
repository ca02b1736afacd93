import type { QueryOptions, ResultSetHeader } from 'mysql2';
import type { EntityClass, Patch, Row, RowMapper, Value } from './rows';
import { type Statements, UnitManager } from './unit-manager';

/** Counter of statements, one per request. */
export interface Meter {
  statements: number;
}

/** Placeholders of an IN list: `(?,?,?)`. An empty list becomes `(NULL)`, which matches nothing. */
export function placeholders(values: readonly Value[]): string {
  return values.length === 0 ? '(NULL)' : `(${values.map(() => '?').join(',')})`;
}

const PADDED_LENGTHS = [1, 2, 5, 10, 20, 50, 100];

/** Pads `values` with the last one to one of a few lengths: every other length is another statement. An empty list stays empty. */
export function padded<T>(values: readonly T[]): T[] {
  if (values.length === 0) return [];
  const length = PADDED_LENGTHS.find(each => each >= values.length) ?? Math.ceil(values.length / 100) * 100;
  return [...values, ...Array<T>(length - values.length).fill(values.at(-1) as T)];
}

/** A prepared statement has at most 65,535 placeholders (ER_PS_MANY_PARAM), and the servers limit the size of a packet. */
const ROWS_PER_INSERT = 500;

/** Statements over the pool or within a transaction, with rows mapped to entities. */
export abstract class Session implements Statements {
  constructor(
    protected readonly mapper: RowMapper,
    readonly meter: Meter,
  ) {}

  protected readonly inTransaction: boolean = false;
  private lazyManager: UnitManager | undefined;

  /** EntityManager of TypeORM over this session. Only src/store, src/jobs and src/events use it. */
  get manager(): UnitManager {
    this.lazyManager ??= new UnitManager(
      this,
      this.mapper,
      (sql, values) => this.send(sql, values),
      this.inTransaction,
    );
    return this.lazyManager;
  }

  /** Sends one statement, without retries. Resolves to the driver's result. */
  protected abstract sendOnce(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown>;

  /** Reads rows that are not entities. */
  rows<T>(sql: string, values: readonly Value[] = []): Promise<T[]> {
    return this.send(sql, values) as Promise<T[]>;
  }

  /** Runs a statement that changes rows. Resolves to the number of rows that matched. */
  async execute(sql: string, values: readonly Value[] = []): Promise<number> {
    return ((await this.send(sql, values)) as ResultSetHeader).affectedRows;
  }

  /** Reads entities. `rest` is the SQL after FROM, where the table has the alias `t`. */
  many<T extends object>(entity: EntityClass<T>, rest: string, values: readonly Value[] = []): Promise<T[]> {
    return this.manyFrom(entity, `\`${this.mapper.tableName(entity)}\` t ${rest}`, values);
  }

  /** Reads entities. `from` is the SQL after FROM, where the table of the entity has the alias `t`. */
  async manyFrom<T extends object>(
    entity: EntityClass<T>,
    from: string,
    values: readonly Value[],
  ): Promise<T[]> {
    const rows = await this.rows<Record<string, unknown>>(
      `SELECT ${this.mapper.selected(entity)} FROM ${from}`,
      values,
    );
    return rows.map(row => this.mapper.hydrate(entity, row));
  }

  /** Runs reads within a deadline of their own, if they are outside a unit of work. Throws ReadTooLong after it. */
  withinReadDeadline<R>(work: (session: Session) => Promise<R>): Promise<R> {
    return work(this);
  }

  /** Reads the first entity of `many`. Undefined if there is none. */
  async one<T extends object>(
    entity: EntityClass<T>,
    rest: string,
    values: readonly Value[] = [],
  ): Promise<T | undefined> {
    return (await this.many(entity, rest, values))[0];
  }

  /** Reads the first row of `joinedRows`. Undefined if there is none. */
  async joined<T extends Record<string, object>>(
    parts: { [Alias in keyof T]: EntityClass<T[Alias]> },
    rest: string,
    values: readonly Value[],
  ): Promise<{ [Alias in keyof T]: T[Alias] | null } | undefined> {
    return (await this.joinedRows(parts, rest, values))[0];
  }

  /** Reads rows of several tables, each part under its alias, or null. `rest` begins with FROM and uses the aliases. */
  async joinedRows<T extends Record<string, object>>(
    parts: { [Alias in keyof T]: EntityClass<T[Alias]> },
    rest: string,
    values: readonly Value[],
  ): Promise<{ [Alias in keyof T]: T[Alias] | null }[]> {
    const entities = Object.entries<EntityClass<object>>(parts);
    const columns = entities.map(([alias, entity]) => this.mapper.columns(entity, alias));
    const rows = (await this.send(
      { sql: `SELECT ${columns.join(',')} ${rest}`, nestTables: true },
      values,
    )) as Record<string, Record<string, unknown>>[];
    return rows.map(row => {
      const revived = entities.map(([alias, entity]) => {
        const part = row[alias];
        const found = part && Object.values(part).some(value => value !== null);
        return [alias, found ? this.mapper.hydrate(entity, part) : null];
      });
      return Object.fromEntries(revived);
    });
  }

  /** Counts rows of `entity`. `rest` is the SQL after FROM. */
  async count(entity: EntityClass<object>, rest: string, values: readonly Value[] = []): Promise<number> {
    const [row] = await this.rows<{ n: number }>(
      `SELECT COUNT(*) AS n FROM \`${this.mapper.tableName(entity)}\` t ${rest}`,
      values,
    );
    return row?.n ?? 0;
  }

  /**
   * Inserts all `rows`, `ROWS_PER_INSERT` in one statement. Omitted columns get their default, or null. Resolves to the number
   * that the server gave to the first row of the last statement, 0 without a column of such numbers.
   */
  async insert<T extends object>(entity: EntityClass<T>, rows: readonly Row<T>[]): Promise<number> {
    let insertId = 0;
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      const statement = this.mapper.insert(entity, rows.slice(from, from + ROWS_PER_INSERT));
      ({ insertId } = (await this.send(...statement)) as ResultSetHeader);
    }
    return insertId;
  }

  /** Updates columns where `condition` holds for the alias `t`. Resolves to the number of matching rows. */
  update<T extends object>(
    entity: EntityClass<T>,
    patch: Patch<T>,
    condition: string,
    values: readonly Value[],
  ): Promise<number> {
    return this.set(entity, '', patch, condition, values);
  }

  /**
   * Updates the row with this id if `condition` holds. Forces the primary key: an index that starts with the
   * condition's column would visit every row that has just left it.
   */
  updateById<T extends { id: string }>(
    entity: EntityClass<T>,
    id: string,
    patch: Patch<T>,
    condition: string,
    values: readonly Value[],
  ): Promise<number> {
    const hint = 'FORCE INDEX (PRIMARY)';
    return this.set(entity, hint, patch, `t.id = ? AND ${condition}`, [id, ...values]);
  }

  private set<T extends object>(
    entity: EntityClass<T>,
    hint: string,
    patch: Patch<T>,
    condition: string,
    values: readonly Value[],
  ): Promise<number> {
    const [set, assigned] = this.mapper.assignments(entity, patch as Row<T>);
    const table = this.mapper.tableName(entity);
    return this.execute(`UPDATE \`${table}\` t ${hint} SET ${set} WHERE ${condition}`, [
      ...assigned,
      ...values,
    ]);
  }

  /** Name of an index of `entity` that starts with these columns, in their order. */
  indexOf(entity: EntityClass<object>, columns: readonly string[]): string | undefined {
    return this.mapper.indexOf(entity, columns);
  }

  /** Table name of `entity`. */
  tableName(entity: EntityClass<object>): string {
    return this.mapper.tableName(entity);
  }

  protected send(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown> {
    this.meter.statements += 1;
    return this.sendOnce(sql, values);
  }
}
