import type { FindOptionsWhere } from 'typeorm';
import type { EntityClass, Patch, Row, Session, Transaction } from '../database';
import { insertTerms, replaceTerms } from './search/terms';

interface Identified {
  id: string;
}

/** Finds a row by id, regardless of visibility. */
export const findById = <T extends Identified>({ manager }: Session, entity: EntityClass<T>, id: string) =>
  manager.findOneBy(entity, { id } as FindOptionsWhere<T>);

/** Reads a row that must exist. Throws if it is missing. */
export async function readById<T extends Identified>(
  session: Session,
  entity: EntityClass<T>,
  id: string,
): Promise<T> {
  const row = await findById(session, entity, id);
  if (!row) throw new Error(`${entity.name} ${id} is missing`);
  return row;
}

/** Inserts one row, or several in one statement, with the words by which they are found. */
export async function insertInto<T extends object>(
  tx: Transaction,
  entity: EntityClass<T>,
  rows: Row<T> | readonly Row<T>[],
): Promise<void> {
  await tx.manager.insert(entity, rows);
  await insertTerms(tx, entity, (Array.isArray(rows) ? rows : [rows]) as object[]);
}

/** Updates the row with this id, and the words by which it is found. Does not change its version. */
export async function updateById<T extends Identified>(
  tx: Transaction,
  entity: EntityClass<T>,
  id: string,
  patch: Patch<T>,
): Promise<void> {
  await tx.manager.update(entity, { id } as FindOptionsWhere<T>, patch);
  await replaceTerms(tx, entity, id, patch);
}

/** Updates a locked row and increments its version. Resolves to the changed row. */
export async function updateVersioned<T extends Identified & { version: number }>(
  tx: Transaction,
  entity: EntityClass<T>,
  row: T,
  patch: Patch<T>,
): Promise<T> {
  const changed = { ...patch, version: row.version + 1 } as unknown as Patch<T>;
  await updateById(tx, entity, row.id, changed);
  return Object.assign(row, changed);
}
