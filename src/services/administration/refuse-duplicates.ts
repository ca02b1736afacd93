import { isDuplicate } from '../../database';
import { type Path, Refusal, simple } from '../../errors';

/** ALREADY_EXISTS refusal for a value that must be unique. */
export function alreadyExists(label: string, path: Path): Refusal {
  return new Refusal([simple('ALREADY_EXISTS', `This ${label} is already in use. Choose another.`, path)]);
}

/** Runs `write`, and refuses with ALREADY_EXISTS if it violates a unique key. */
export async function refuseDuplicates<T>(label: string, path: Path, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error, '') ? alreadyExists(label, path) : error;
  }
}
