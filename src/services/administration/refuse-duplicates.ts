import { isDuplicate } from '../../database';
import { type Path, Refusal, simple } from '../../errors';

/** ALREADY_EXISTS for what has to be the only one of its kind. */
export function alreadyExists(label: string, path: Path): Refusal {
  return new Refusal([simple('ALREADY_EXISTS', `There is one with this ${label} already.`, path)]);
}

/** Does `write`, and refuses with ALREADY_EXISTS where another row has the value of the table's unique column. */
export async function refuseDuplicates<T>(label: string, path: Path, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error, '') ? alreadyExists(label, path) : error;
  }
}
