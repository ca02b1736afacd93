import type { DataSource, EntityMetadata, ValueTransformer } from 'typeorm';
import { compileRow, type RowConstructor } from './compile-row';

/** A class whose rows a table holds. */
export type EntityClass<T extends object> = abstract new (...args: never[]) => T;

/** Anything that a statement takes as a parameter. */
export type Value = string | number | boolean | Date | null;

/** Values of a row, by column. A function gives SQL that the server computes. */
export type Row<T extends object> = { [Name in keyof T]?: T[Name] | (() => string) };

/**
 * Columns to write. A state is written by `store/transition.ts` and `store/advance.ts` alone, so a patch that has one does
 * not compile.
 */
export type Patch<T extends object> = Row<Omit<T, 'state' | 'syncState'>> & {
  state?: never;
  syncState?: never;
};

interface Table {
  name: string;
  /** Property names, which are the column names too. */
  all: string[];
  selected: string;
  insertable: string[];
  /** Columns that have a default of their own. */
  defaulted: Set<string>;
  /** Conversions of the columns whose values the driver does not take as they are. */
  writers: Map<string, (value: unknown) => unknown>;
  Row: RowConstructor;
}

/**
 * Maps rows to entities and back from TypeORM's metadata, without its hydration: columns carry the names of the
 * properties, so only JSON and booleans need a second look.
 */
export class RowMapper {
  private readonly tables = new Map<unknown, Table>();

  constructor(readonly source: DataSource) {
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
  hydrate<T extends object>(entity: EntityClass<T>, row: Record<string, unknown>): T {
    return new (this.table(entity).Row)(row) as T;
  }

  /** One insert for all `rows`. A column that a row leaves out gets its default, or null. */
  insert<T extends object>(entity: EntityClass<T>, rows: readonly Row<T>[]): [sql: string, values: Value[]] {
    const { name, insertable, defaulted, writers } = this.table(entity);
    const values: Value[] = [];
    const place = (value: unknown, column: string) => {
      if (typeof value === 'function') return String(value());
      if (value === undefined && defaulted.has(column)) return 'DEFAULT';
      values.push(bind(value, writers.get(column)));
      return '?';
    };
    const tuples = rows.map(
      row => `(${insertable.map(column => place(row[column as keyof T], column)).join(',')})`,
    );
    const columns = insertable.map(column => `\`${column}\``).join(',');
    return [`INSERT INTO \`${name}\` (${columns}) VALUES ${tuples.join(',')}`, values];
  }

  /** The assignments of a patch for the SET of an update, and their values. Columns that are undefined are left out. */
  assignments<T extends object>(entity: EntityClass<T>, patch: Row<T>): [sql: string, values: Value[]] {
    const { writers } = this.table(entity);
    const values: Value[] = [];
    const parts: string[] = [];
    for (const [name, value] of Object.entries(patch)) {
      if (typeof value === 'function') parts.push(`\`${name}\` = ${value()}`);
      else if (value !== undefined) {
        parts.push(`\`${name}\` = ?`);
        values.push(bind(value, writers.get(name)));
      }
    }
    return [parts.join(', '), values];
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
    writers: new Map(columns.flatMap(writerOf)),
    Row: compileRow(target as EntityClass<object>, readable),
  };
}

type Column = EntityMetadata['columns'][number];

function writerOf({ propertyName, type, transformer }: Column): [string, (value: unknown) => unknown][] {
  const { to } = ([transformer ?? []].flat()[0] ?? {}) as Partial<ValueTransformer>;
  const isJson = type === 'json';
  if (!isJson && !to) return [];
  const converted = (value: unknown) => (to ? to(value) : value);
  return [[propertyName, isJson ? value => JSON.stringify(converted(value)) : converted]];
}

function bind(value: unknown, write?: (value: unknown) => unknown): Value {
  if (value === undefined || value === null) return null;
  return (write ? write(value) : value) as Value;
}
