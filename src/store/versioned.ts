import type { FindOptionsWhere } from 'typeorm';
import type { EntityClass, Patch, Transaction } from '../database';

interface Versioned {
  id: string;
  version: number;
}

/** Updates a locked row and increments its version. Resolves to the changed row. */
export async function updateVersioned<T extends Versioned>(
  { manager }: Transaction,
  entity: EntityClass<T>,
  row: T,
  patch: Patch<T>,
): Promise<T> {
  const changed = { ...patch, version: row.version + 1 } as unknown as Patch<T>;
  await manager.update(entity, { id: row.id } as FindOptionsWhere<T>, changed);
  return Object.assign(row, changed);
}
