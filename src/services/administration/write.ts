import { isDuplicate, type Patch, type Transaction } from '../../database';
import { type Path, Refusal, simple } from '../../errors';
import type { EntityClass } from '../../store';

interface Versioned {
  id: string;
  version: number;
}

/** Writes a change of one row, and its next version. */
export async function writeChange<T extends Versioned>(
  tx: Transaction,
  entity: EntityClass<T>,
  row: T,
  patch: Patch<T>,
): Promise<T> {
  const changed = { ...patch, version: row.version + 1 } as unknown as Patch<T>;
  await tx.update(entity, changed, 't.id = ?', [row.id]);
  return Object.assign(row, changed);
}

/** ALREADY_EXISTS for what has to be the only one of its kind. */
export function alreadyExists(what: string, path: Path): Refusal {
  return new Refusal([simple('ALREADY_EXISTS', `There is one with this ${what} already.`, path)]);
}

/** Does `write`, and refuses with ALREADY_EXISTS where another row has the value of the table's unique column. */
export async function refusingDuplicates<T>(what: string, path: Path, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error, '') ? alreadyExists(what, path) : error;
  }
}
