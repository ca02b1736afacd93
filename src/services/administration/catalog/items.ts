import type { Transaction } from '../../../database';
import { checkVersion, notFound, Refusal } from '../../../errors';
import { type EntityClass, findById, isTaken, type UniqueColumn } from '../../../store';
import { alreadyExists } from '../refuse-duplicates';

interface Item {
  id: string;
  version: number;
}

/** Finds a row by id, and checks the version that the caller has read. Requires the lock of the catalog. */
export async function findItem<T extends Item>(
  tx: Transaction,
  entity: EntityClass<T>,
  label: string,
  field: string,
  id: string,
  expectedVersion?: number | null,
): Promise<T> {
  const item = await findById(tx, entity, id);
  if (!item) throw new Refusal([notFound(label, [field])]);
  checkVersion(expectedVersion, item.version);
  return item;
}

/** Refuses with ALREADY_EXISTS if another row has the same value in a unique column. */
export async function refuseTaken<T extends { id: string }, Column extends UniqueColumn & keyof T>(
  tx: Transaction,
  entity: EntityClass<T>,
  column: Column,
  value: string | undefined,
  exceptId = '',
): Promise<void> {
  if (value === undefined) return;
  if (await isTaken(tx, entity, column, value, exceptId))
    throw alreadyExists(column === 'sku' ? 'SKU' : column, [column]);
}
