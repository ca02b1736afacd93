import { type EntityMetadata, type FindManyOptions, FindOperator } from 'typeorm';
import type { Value } from './rows';

/** Part of a statement, with its values. */
export interface SqlFragment {
  sql: string;
  values: Value[];
}

const LOCK_CLAUSES: Readonly<Record<string, string>> = {
  pessimistic_write: 'FOR UPDATE',
  pessimistic_read: 'LOCK IN SHARE MODE',
};
const ON_LOCKED_CLAUSES: Readonly<Record<string, string>> = {
  skip_locked: ' SKIP LOCKED',
  nowait: ' NOWAIT',
};
const OPERATORS: Readonly<Record<string, string>> = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  moreThan: '>',
  moreThanOrEqual: '>=',
};
const DIRECTIONS = new Set<unknown>(['ASC', 'DESC']);
const OPTIONS = new Set(['where', 'order', 'lock', 'take']);

/** SQL after FROM that TypeORM would send for `options`, with the alias `t`. Undefined if only it can. */
export function plainSelect(
  metadata: EntityMetadata,
  options: FindManyOptions,
  inTransaction: boolean,
): SqlFragment | undefined {
  for (const option in options) if (!OPTIONS.has(option)) return undefined;
  const { where, order, take } = options;
  const lock = lockClause(options.lock, inTransaction);
  const found = where ? anyCondition(metadata, where) : { sql: '', values: [] };
  const sorts = Object.entries(order ?? {});
  const sortable = sorts.every(
    ([name, direction]) => comparableColumns(metadata).has(name) && DIRECTIONS.has(direction),
  );
  if (lock === undefined || !found || !sortable) return undefined;
  let sql = where ? `WHERE ${found.sql}` : '';
  if (sorts.length > 0)
    sql += ` ORDER BY ${sorts.map(([name, direction]) => `t.\`${name}\` ${direction}`).join(', ')}`;
  if (take !== undefined) sql += ` LIMIT ${Number(take)}`;
  return { sql: sql + lock, values: found.values };
}

/** Locking clause, empty without a lock. Undefined for a lock that TypeORM has to build or refuse. */
function lockClause(lock: unknown, inTransaction: boolean): string | undefined {
  if (!lock) return '';
  const { mode, onLocked = '' } = lock as { mode: string; onLocked?: string };
  return inTransaction && LOCK_CLAUSES[mode]
    ? ` ${LOCK_CLAUSES[mode]}${ON_LOCKED_CLAUSES[onLocked] ?? ''}`
    : undefined;
}

function anyCondition(metadata: EntityMetadata, where: object): SqlFragment | undefined {
  const alternatives = Array.isArray(where) ? where : [where];
  const parts = alternatives.flatMap(each => plainCondition(metadata, each, 't.') ?? []);
  const [first] = parts;
  if (!first || parts.length < alternatives.length) return undefined;
  if (parts.length === 1) return first;
  return {
    sql: `((${parts.map(({ sql }) => sql).join(') OR (')}))`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** Condition on columns, each with `prefix`. Undefined if only TypeORM can build it. */
export function plainCondition(
  metadata: EntityMetadata,
  where: unknown,
  prefix: string,
): SqlFragment | undefined {
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return undefined;
  const names = comparableColumns(metadata);
  const values: Value[] = [];
  const parts: string[] = [];
  for (const [name, wanted] of Object.entries(where)) {
    const part = names.has(name) ? comparison(`${prefix}\`${name}\``, wanted, values) : undefined;
    if (!part) return undefined;
    parts.push(part);
  }
  return parts.length > 0 ? { sql: parts.join(' AND '), values } : undefined;
}

const comparables = new WeakMap<EntityMetadata, Set<string>>();

/** Columns that this file can compare. JSON columns and columns with a transformer are left to TypeORM. */
function comparableColumns(metadata: EntityMetadata): Set<string> {
  let names = comparables.get(metadata);
  if (!names) {
    const plain = metadata.columns.filter(({ type, transformer }) => type !== 'json' && !transformer);
    names = new Set(plain.map(({ propertyName }) => propertyName));
    comparables.set(metadata, names);
  }
  return names;
}

function comparison(column: string, wanted: unknown, values: Value[]): string | undefined {
  if (wanted === null || wanted === undefined) return undefined;
  if (typeof wanted !== 'object' || wanted instanceof Date) {
    values.push(wanted as Value);
    return `${column} = ?`;
  }
  if (!(wanted instanceof FindOperator)) return undefined;
  const { type, value, child } = wanted;
  if (type === 'isNull') return `${column} IS NULL`;
  if (type === 'in') {
    values.push(...(value as Value[]));
    return value.length > 0 ? `${column} IN (${value.map(() => '?').join(',')})` : 'FALSE';
  }
  if (type === 'not') {
    const denied = comparison(column, child ?? value, values);
    return denied && `NOT (${denied})`;
  }
  if (!OPERATORS[type]) return undefined;
  values.push(value as Value);
  return `${column} ${OPERATORS[type]} ?`;
}
