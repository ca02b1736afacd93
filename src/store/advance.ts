import { columns, type EntityClass, padded, type Transaction, type Value } from '../database';
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
  /** Assignments that the server computes from a value of each row. `sql` gets the placeholder of the value. */
  computed?: readonly { sql: (value: string) => string; value: (row: T) => Value }[];
}

/**
 * Writes advanced rows in one statement, each only if it is unchanged since it was read. Resolves to whether every row was
 * written; if not, the transaction must be rolled back.
 */
export async function writeAdvanced<T extends object>(
  tx: Transaction,
  entity: EntityClass<T>,
  rows: readonly T[],
  { key, columns: written, unchanged, condition, computed = [] }: WriteOptions<T>,
): Promise<boolean> {
  if (rows.length === 0) return true;
  const t = columns(entity as EntityClass<Columns>, 't');
  const valuesOf = (row: T, names: readonly string[]) => names.map(name => (row as Columns)[name] as Value);
  // Twice the same row is written once.
  const all = padded(rows);
  const equal = (names: readonly string[]) => names.map(name => `${t[name]} = ?`).join(' AND ');
  const place = all.length === 1 ? '?' : `CASE ${`WHEN ${equal(key)} THEN ? `.repeat(all.length)}END`;
  const placed = (value: (row: T) => Value) =>
    all.flatMap(row => [...(all.length === 1 ? [] : valuesOf(row, key)), value(row)]);
  const held = [...key, ...Object.keys(machinesOf(entity)), ...unchanged];
  const same = [equal(held), condition].filter(Boolean).join(' AND ');
  const set = [
    ...written.map(name => `${t[name]} = ${place}`),
    ...computed.map(({ sql }) => sql(place)),
    ...(isVersioned(entity) ? [`${t.version} = ${t.version} + 1`] : []),
  ];
  const affected = await tx.execute(
    `UPDATE ${t.table} FORCE INDEX (PRIMARY) SET ${set.join(', ')} WHERE ${all.map(() => `(${same})`).join(' OR ')}`,
    [
      ...written.flatMap(name => placed(row => (row as Columns)[name] as Value)),
      ...computed.flatMap(({ value }) => placed(value)),
      ...all.flatMap(row => valuesOf((origins.get(row) as T | undefined) ?? row, held)),
    ],
  );
  for (const row of rows) origins.delete(row);
  return affected === rows.length;
}
