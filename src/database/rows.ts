import type { DataSource, EntityMetadata, ValueTransformer } from 'typeorm';
import { compileRow, type RowConstructor } from './compile-row';

/** Class of an entity. */
export type EntityClass<T extends object> = abstract new (...args: never[]) => T;

/** Parameter of a statement. */
export type Value = string | number | boolean | Date | null;

/** Values of a row, by column. A function returns SQL that the server computes. */
export type Row<T extends object> = { [Name in keyof T]?: T[Name] | (() => string) };

/** Columns to write. Only `store/transition.ts` and `store/advance.ts` write states. */
export type Patch<T extends object> = Row<Omit<T, 'state' | 'syncState'>> & {
  state?: never;
  syncState?: never;
};

interface Table {
  name: string;
  /** Names of the readable properties, which are also the column names. */
  all: string[];
  selected: string;
  insertable: Insertable[];
  /** Start of an INSERT, up to VALUES. */
  insertInto: string;
  /** Indexes, those with the fewest columns first. */
  indexes: { name: string; columns: string[] }[];
  /** Converters of columns whose values the driver does not accept. */
  writers: Map<string, (value: unknown) => unknown>;
  Row: RowConstructor;
  /** Readable columns, by the alias that qualifies them. */
  qualified: Map<string, string>;
}

/** Column of an INSERT. */
interface Insertable {
  name: string;
  hasDefault: boolean;
  /** Converter of a value that the driver does not accept. */
  write: ((value: unknown) => unknown) | undefined;
}

/** Maps rows to entities and back by TypeORM's metadata. Only JSON, booleans and transformers need a conversion. */
export class RowMapper {
  private readonly tables = new Map<unknown, Table>();

  constructor(readonly source: DataSource) {
    for (const metadata of source.entityMetadatas) this.tables.set(metadata.target, describe(metadata));
  }

  /** Every readable column of `entity`, with the table alias `t`. */
  selected(entity: EntityClass<object>): string {
    return this.table(entity).selected;
  }

  /** Readable columns of `entity`, qualified by `alias`, for a join. */
  columns(entity: EntityClass<object>, alias: string): string {
    const { all, qualified } = this.table(entity);
    const known = qualified.get(alias);
    if (known !== undefined) return known;
    const columns = all.map(name => `${alias}.\`${name}\``).join(',');
    qualified.set(alias, columns);
    return columns;
  }

  /** Creates an instance of an entity from a row. */
  hydrate<T extends object>(entity: EntityClass<T>, row: Record<string, unknown>): T {
    return new (this.table(entity).Row)(row) as T;
  }

  /** Builds one INSERT for all `rows`. Omitted columns get their default, or null. */
  insert<T extends object>(entity: EntityClass<T>, rows: readonly Row<T>[]): [sql: string, values: Value[]] {
    const { insertable, insertInto } = this.table(entity);
    const values: Value[] = [];
    let tuples = '';
    for (const row of rows) {
      let tuple = '';
      for (const { name, hasDefault, write } of insertable) {
        const value: unknown = row[name as keyof T];
        if (tuple !== '') tuple += ',';
        if (typeof value === 'function') tuple += String(value());
        else if (value === undefined && hasDefault) tuple += 'DEFAULT';
        else {
          values.push(bind(value, write));
          tuple += '?';
        }
      }
      tuples += tuples === '' ? `(${tuple})` : `,(${tuple})`;
    }
    return [insertInto + tuples, values];
  }

  /** Builds the assignments of an UPDATE. Undefined columns are left out. */
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

  /** Name of the shortest index of `entity` that starts with these columns. InnoDB appends the id to every index. */
  indexOf(entity: EntityClass<object>, columns: readonly string[]): string | undefined {
    return this.table(entity).indexes.find(index =>
      columns.every((column, at) => (index.columns[at] ?? 'id') === column),
    )?.name;
  }

  /** Table name of `entity`. */
  tableName(entity: EntityClass<object>): string {
    return this.table(entity).name;
  }

  private table(entity: EntityClass<object>): Table {
    const table = this.tables.get(entity);
    if (!table) throw new Error(`${entity.name} is not an entity`);
    return table;
  }
}

function describe({ tableName, target, columns, indices }: EntityMetadata): Table {
  const readable = columns.filter(column => column.isSelect);
  const all = readable.map(column => column.propertyName);
  const writers = new Map(columns.flatMap(writerOf));
  const insertable = columns
    .filter(column => column.isInsert)
    .map(({ propertyName: name, default: standard }) => ({
      name,
      hasDefault: standard !== undefined,
      write: writers.get(name),
    }));
  return {
    name: tableName,
    all,
    selected: all.map(name => `t.\`${name}\``).join(','),
    indexes: [
      { name: 'PRIMARY', columns: ['id'] },
      ...indices.map(({ name = '', columns }) => ({ name, columns: columns.map(each => each.propertyName) })),
    ].sort((one, other) => one.columns.length - other.columns.length),
    insertable,
    insertInto: `INSERT INTO \`${tableName}\` (${insertable.map(({ name }) => `\`${name}\``).join(',')}) VALUES `,
    writers,
    qualified: new Map(),
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
