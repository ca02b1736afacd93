import { isDuplicate } from '../../database';
import { Refusal, simple } from '../../errors';

/** Part of the names of the unique keys of references. */
const KEY = '_of_a_reference';

/** Runs `write`, and refuses with REFERENCE_TAKEN if another row of the tenant has the external reference. */
export async function refuseTakenReference<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicate(error, KEY)) throw error;
    const message = 'This external reference is already in use. Choose another.';
    throw new Refusal([simple('REFERENCE_TAKEN', message, ['externalReference'])]);
  }
}
