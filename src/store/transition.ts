import { columns, type EntityClass, type Patch, placeholders, type Transaction } from '../database';
import { statesBefore } from '../policies';
import { type NewEvent, record } from './record';
import { isVersioned, machinesOf } from './stateful';
import type { Condition } from './visibility';

/** Columns to write, at least one of them a state. A function gives SQL that the server computes; never a state. */
export type Move<T extends object> = {
  [Name in keyof Omit<T, 'id' | 'version'>]?: Name extends 'state' | 'syncState'
    ? T[Name]
    : T[Name] | (() => string);
};

/** Options of a transition. */
interface TransitionOptions {
  /** Recorded when the row moves. */
  event?: NewEvent;
}

/** Condition that the row is in a state from which every state in `move` can follow. */
function transitionCondition<T extends object>(entity: EntityClass<T>, move: Move<T>) {
  const t = columns(entity as EntityClass<Record<string, unknown>>, 't');
  const states = Object.entries(machinesOf(entity)).flatMap(([column, machine]) => {
    const to = (move as Record<string, string | undefined>)[column];
    return to === undefined ? [] : [{ column, from: statesBefore(machine, to) }];
  });
  if (states.length === 0) throw new Error(`The move has no state of ${entity.name}`);
  return {
    sql: states.map(({ column, from }) => `${t[column]} IN ${placeholders(from)}`).join(' AND '),
    values: states.flatMap(({ from }) => from),
  };
}

/** Converts a move to a patch that also increments the version. */
function patchOf<T extends object>(entity: EntityClass<T>, move: Move<T>): Patch<T> {
  const { version } = columns(entity as EntityClass<{ version: number }>);
  const next = isVersioned(entity) ? { version: () => `${version} + 1` } : {};
  return { ...move, ...next } as unknown as Patch<T>;
}

/** Moves one row if its machines allow it, and records the event. Resolves to false otherwise, for concurrent moves. */
export async function tryTransition<T extends { id: string }>(
  tx: Transaction,
  entity: EntityClass<T>,
  id: string,
  move: Move<T>,
  { event }: TransitionOptions = {},
): Promise<boolean> {
  const { sql, values } = transitionCondition(entity, move);
  const moved = await tx.updateById(entity, id, patchOf(entity, move), sql, values);
  if (moved === 1 && event) record(tx, event);
  return moved === 1;
}

/** Moves one row. Throws if its current state does not allow the move, so that the unit of work is rolled back. */
export async function transition<T extends { id: string }>(
  tx: Transaction,
  entity: EntityClass<T>,
  id: string,
  move: Move<T>,
  options: TransitionOptions = {},
): Promise<void> {
  if (await tryTransition(tx, entity, id, move, options)) return;
  const columns = Object.keys(machinesOf(entity)) as (keyof Move<T>)[];
  const states = columns.flatMap(column => move[column] ?? []);
  throw new Error(`${entity.name} ${id} cannot move to ${states.join(' and ')}`);
}

/** Moves all rows that match, where their state machines allow it. Resolves to the number of rows. */
export function transitionAll<T extends object>(
  tx: Transaction,
  entity: EntityClass<T>,
  move: Move<T>,
  condition: Condition,
): Promise<number> {
  const { sql, values } = transitionCondition(entity, move);
  return tx.update(entity, patchOf(entity, move), `${condition.sql} AND ${sql}`, [
    ...condition.values,
    ...values,
  ]);
}
