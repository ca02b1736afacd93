import type { DataSource, EntityMetadata } from 'typeorm';
import { compileRow, type RowOf } from './compile-row';

/** A class whose rows a table holds. */
export type EntityClass<T extends object> = abstract new (...args: never[]) => T;

/** Anything that a statement takes as a parameter. */
export type Value = string | number | boolean | Date | null;

/** SQL for columns that the server is to compute. */
export type Computed<T extends object> = Partial<Record<keyof T, string>>;

interface Table {
  name: string;
  /** Property names, which are the column names too. */
  all: string[];
  selected: string;
  insertable: string[];
  /** Columns that have a default of their own. */
  defaulted: Set<string>;
  json: Set<string>;
  Row: RowOf;
}

/**
 * Maps rows to entities and back from TypeORM's metadata, without its hydration: columns carry the names of the
 * properties, so only JSON and booleans need a second look.
 */
export class RowMapper {
  private readonly tables = new Map<unknown, Table>();

  constructor(source: DataSource) {
    for (const metadata of source.entityMetadatas) this.tables.set(metadata.target, describe(metadata));
  }

  /** The start of a select: every readable column of `entity`, from its table, which is called `t` in the rest. */
  select(entity: EntityClass<object>): string {
    const table = this.table(entity);
    return `SELECT ${table.selected} FROM \`${table.name}\` t`;
  }

  /** The readable columns of `entity` under another alias than `t`, for a join. */
  columns(entity: EntityClass<object>, alias: string): string {
    return this.table(entity)
      .all.map(name => `${alias}.\`${name}\``)
      .join(',');
  }

  /** A row as an instance of its class. */
  revive<T extends object>(entity: EntityClass<T>, row: Record<string, unknown>): T {
    return new (this.table(entity).Row)(row) as T;
  }

  /**
   * One insert for all `rows`; what a row leaves out is the column's default, or null, but for the columns that
   * `computed` has SQL for.
   */
  insert<T extends object>(
    entity: EntityClass<T>,
    rows: readonly Partial<T>[],
    computed: Computed<T>,
  ): [sql: string, values: Value[]] {
    const { name, insertable, defaulted, json } = this.table(entity);
    const given = (row: Partial<T>, column: string) =>
      !(column in computed) && (row[column as keyof T] !== undefined || !defaulted.has(column));
    const place = (row: Partial<T>, column: string) =>
      given(row, column) ? '?' : (computed[column as keyof T] ?? 'DEFAULT');
    const tuple = (row: Partial<T>) => `(${insertable.map(column => place(row, column)).join(',')})`;
    const values = rows.flatMap(row =>
      insertable
        .filter(column => given(row, column))
        .map(column => bind(row[column as keyof T], json.has(column))),
    );
    const columns = insertable.map(column => `\`${column}\``).join(',');
    return [`INSERT INTO \`${name}\` (${columns}) VALUES ${rows.map(tuple).join(',')}`, values];
  }

  /** The assignments of a patch for an update's SET, and their values. */
  assignments<T extends object>(entity: EntityClass<T>, patch: Partial<T>): [sql: string, values: Value[]] {
    const { json } = this.table(entity);
    const names = Object.keys(patch);
    return [
      names.map(name => `\`${name}\` = ?`).join(', '),
      names.map(name => bind(patch[name as keyof T], json.has(name))),
    ];
  }

  /** The name of the table that holds `entity`. */
  tableName(entity: EntityClass<object>): string {
    return this.table(entity).name;
  }

  private table(entity: EntityClass<object>): Table {
    const table = this.tables.get(entity);
    if (!table) throw new Error(`${entity.name} is no entity`);
    return table;
  }
}

function describe({ tableName, target, columns }: EntityMetadata): Table {
  const readable = columns.filter(column => column.isSelect);
  const all = readable.map(column => column.propertyName);
  return {
    name: tableName,
    all,
    selected: all.map(name => `t.\`${name}\``).join(','),
    insertable: columns.filter(column => column.isInsert).map(column => column.propertyName),
    defaulted: new Set(
      columns.filter(column => column.default !== undefined).map(column => column.propertyName),
    ),
    json: new Set(columns.filter(column => column.type === 'json').map(column => column.propertyName)),
    Row: compileRow(target as EntityClass<object>, readable),
  };
}

function bind(value: unknown, json: boolean): Value {
  if (value === undefined || value === null) return null;
  return json ? JSON.stringify(value) : (value as Value);
}
