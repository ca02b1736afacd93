import type { CatalogImport } from '../../entities';
import { requestError } from '../../errors';
import { isAdministrator } from '../../policies';
import { findLatestImports } from '../../store';
import type { ActorContext } from '../context';

/** The latest imports are as many as anybody looks at. */
const LATEST = 20;

/** The latest imports, newest first: how far those under way are, and what the others did. For administrators. */
export function findImports({ db, actor }: ActorContext): Promise<CatalogImport[]> {
  if (!isAdministrator(actor)) throw requestError('FORBIDDEN', 'Only administrators may read imports.');
  return findLatestImports(db, LATEST);
}
