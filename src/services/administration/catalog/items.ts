import type { Transaction } from '../../../database';
import { checkVersion, notFound, Refusal } from '../../../errors';
import type { EntityClass } from '../../../store';
import { alreadyExists } from '../write';

interface Item {
  id: string;
  version: number;
}

/** The row that the caller names, at the version that it has read; to be asked while the catalog is locked. */
export async function findItem<T extends Item>(
  tx: Transaction,
  entity: EntityClass<T>,
  what: string,
  field: string,
  id: string,
  expectedVersion?: number | null,
): Promise<T> {
  const item = await tx.one(entity, 'WHERE t.id = ?', [id]);
  if (!item) throw new Refusal([notFound(what, [field])]);
  checkVersion(expectedVersion, item.version);
  return item;
}

/** Refuses where another row has the same value in a column that has to be unique, by the name for people. */
export async function refuseTaken<T extends { id: string }>(
  tx: Transaction,
  entity: EntityClass<T>,
  column: 'sku' | 'slug' | 'code',
  value: string | undefined,
  exceptId = '',
): Promise<void> {
  if (value === undefined) return;
  const taken = await tx.count(entity, `WHERE t.${column} = ? AND t.id <> ?`, [value, exceptId]);
  if (taken > 0) throw alreadyExists(column === 'sku' ? 'SKU' : column, [column]);
}
