import { columns, type EntityClass, type Transaction, type Value } from '../database';
import { canMove } from '../policies';
import { type NewEvent, record } from './record';
import { isVersioned, machinesOf } from './stateful';

type Columns = Record<string, Value>;

/** Row as it was read, for each advanced row. */
const origins = new WeakMap<object, object>();

/** Moves a row in memory, checked, and records the event. `writeAdvanced` or an insert writes the final states. */
export function advance<T extends object>(
  tx: Transaction,
  entity: EntityClass<T>,
  row: T,
  change: Partial<T>,
  event?: NewEvent,
): T {
  for (const [column, machine] of Object.entries(machinesOf(entity))) {
    const from = (row as Columns)[column] as string;
    const to = (change as Columns)[column] as string | undefined;
    if (to !== undefined && !canMove(machine, from, to)) {
      throw new Error(`${entity.name} cannot move from ${from} to ${to}`);
    }
  }
  if (event) record(tx, event);
  const advanced = Object.assign(Object.create(Object.getPrototypeOf(row)) as T, row, change);
  origins.set(advanced, origins.get(row) ?? row);
  return advanced;
}

/** Columns that identify a row, that are written, and that must be as they were read besides the states. */
export interface WriteOptions<T> {
  key: readonly (keyof T & string)[];
  columns: readonly (keyof T & string)[];
  unchanged: readonly (keyof T & string)[];
  /** Another condition of a row, as SQL. */
  condition?: string;
  /** Assignments that the server computes. */
  computed?: string;
}

/**
 * Writes advanced rows in one statement, each only if it is unchanged since it was read. All but the last column of
 * the key are equal in all rows. Resolves to whether every row was written; if not, the transaction must be rolled
 * back.
 */
export async function writeAdvanced<T extends object>(
  tx: Transaction,
  entity: EntityClass<T>,
  rows: readonly T[],
  { key, columns: written, unchanged, condition, computed }: WriteOptions<T>,
): Promise<boolean> {
  const [first] = rows as readonly Columns[];
  if (!first) return true;
  const t = columns(entity as EntityClass<Columns>, 't');
  const last = key.at(-1) as string;
  const common = key.slice(0, -1);
  const each = [last, ...Object.keys(machinesOf(entity)), ...unchanged];
  const set = written.map(column => `${t[column]} = ${casePlaceholder(rows.length, t[last])}`);
  const version = isVersioned(entity) ? `${t.version} = ${t.version} + 1` : '';
  const held = [...each.map(column => `${t[column]} = ?`), condition].filter(Boolean).join(' AND ');
  const same = rows.map(() => `(${held})`);
  const affected = await tx.execute(
    `UPDATE ${t.table} FORCE INDEX (PRIMARY) SET ${[...set, version, computed].filter(Boolean).join(', ')}
     WHERE ${common.map(column => `${t[column]} = ? AND `).join('')}(${same.join(' OR ')})`,
    [
      ...written.flatMap(column => valuesOf(rows as readonly Columns[], column, last)),
      ...common.map(column => first[column] as Value),
      ...rows.flatMap(row => each.map(column => ((origins.get(row) ?? row) as Columns)[column] as Value)),
    ],
  );
  for (const row of rows) origins.delete(row);
  return affected === rows.length;
}

/** Placeholder of a column: one value for one row, or a CASE by key for several. */
const casePlaceholder = (count: number, last = '') =>
  count === 1 ? '?' : `CASE ${last} ${'WHEN ? THEN ? '.repeat(count)}END`;

function valuesOf(rows: readonly Columns[], column: string, last: string): Value[] {
  if (rows.length === 1) return rows.map(row => row[column] as Value);
  return rows.flatMap(row => [row[last] as Value, row[column] as Value]);
}
