import { columns, databaseNow, type Session, type Transaction } from '../database';
import { CatalogImport, CatalogImportState, ImportedItem } from '../entities';
import { transitionAll } from './transition';

const t = columns(CatalogImport, 't');

/** Finds the latest imports, newest first. */
export const findLatestImports = ({ manager }: Session, take: number) =>
  manager.find(CatalogImport, { order: { startedAt: 'DESC', id: 'DESC' }, take });

/** Fails the running imports of a provider, whose process has ended. */
export function interruptImports(tx: Transaction, provider: string): Promise<number> {
  const { FAILED, RUNNING } = CatalogImportState;
  const interrupted = { state: FAILED, error: 'It was interrupted.', finishedAt: databaseNow };
  return transitionAll(tx, CatalogImport, interrupted, {
    sql: `${t.provider} = ? AND ${t.state} = '${RUNNING}'`,
    values: [provider],
  });
}

/** Finds the items of a provider with their values at the last import. */
export const findImportedItems = ({ manager }: Session, provider: string) =>
  manager.find(ImportedItem, { where: { provider } });

/** Deletes an imported item. */
export const deleteImportedItem = (
  { manager }: Transaction,
  { provider, kind, code }: Pick<ImportedItem, 'provider' | 'kind' | 'code'>,
) => manager.delete(ImportedItem, { provider, kind, code });
