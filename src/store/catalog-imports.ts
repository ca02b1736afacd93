import { columns, databaseNow, type Patch, type Row, type Session, type Transaction } from '../database';
import { CatalogImport, CatalogImportState, ImportedItem } from '../entities';
import { transitionAll } from './transition';

const t = columns(CatalogImport, 't');

/** The latest imports, newest first. */
export const findLatestImports = ({ manager }: Session, take: number) =>
  manager.find(CatalogImport, { order: { startedAt: 'DESC', id: 'DESC' }, take });

export const insertImport = ({ manager }: Transaction, run: CatalogImport) =>
  manager.insert(CatalogImport, run);

export const updateImport = ({ manager }: Transaction, id: string, patch: Patch<CatalogImport>) =>
  manager.update(CatalogImport, { id }, patch);

/** Marks the imports of a provider that are running as interrupted: their process is gone. */
export function interruptImports(tx: Transaction, provider: string): Promise<number> {
  const { FAILED, RUNNING } = CatalogImportState;
  const interrupted = { state: FAILED, error: 'It was interrupted.', finishedAt: databaseNow };
  return transitionAll(tx, CatalogImport, interrupted, {
    sql: `${t.provider} = ? AND ${t.state} = '${RUNNING}'`,
    values: [provider],
  });
}

/** Items of a provider as it described them when they were last imported. */
export const findImportedItems = ({ manager }: Session, provider: string) =>
  manager.find(ImportedItem, { where: { provider } });

export const insertImportedItems = ({ manager }: Transaction, items: readonly Row<ImportedItem>[]) =>
  manager.insert(ImportedItem, items);

export const deleteImportedItem = (
  { manager }: Transaction,
  { provider, kind, code }: Pick<ImportedItem, 'provider' | 'kind' | 'code'>,
) => manager.delete(ImportedItem, { provider, kind, code });
