import type { Transaction } from '../../../database';
import { checkVersion, notFound, Refusal } from '../../../errors';
import { type EntityClass, findById, isTaken, type UniqueColumn } from '../../../store';
import { alreadyExists } from '../refuse-duplicates';

interface Item {
  id: string;
  version: number;
}

/** The row that the caller names, at the version that it has read; to be asked while the catalog is locked. */
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

/** Refuses where another row has the same value in a column that has to be unique, by the name for people. */
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
