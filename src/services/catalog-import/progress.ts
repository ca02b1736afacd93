import { typeid } from 'typeid-js';
import { currentTime } from '../../clock';
import type { Database } from '../../database';
import { type CatalogChange, CatalogImport, CatalogImportState } from '../../entities';
import { record } from '../../events';

/** Whatever was under way for this provider is no longer: its process is gone. */
export async function begin(
  db: Database,
  provider: string,
  userId: string | null,
  total: number,
  rejected: CatalogChange[],
): Promise<CatalogImport> {
  const run: CatalogImport = Object.assign(new CatalogImport(), {
    id: typeid('imp').toString(),
    provider,
    state: CatalogImportState.RUNNING,
    userId,
    total,
    done: 0,
    changes: rejected,
    error: null,
    startedAt: currentTime(),
    finishedAt: null,
  });
  await db.transaction(async tx => {
    await tx.execute(
      `UPDATE catalog_imports SET state = '${CatalogImportState.FAILED}', error = 'It was interrupted.', finishedAt = NOW(3)
       WHERE provider = ? AND state = '${CatalogImportState.RUNNING}'`,
      [provider],
    );
    await tx.insert(CatalogImport, [run]);
    record(tx, {
      type: 'catalog.imported',
      message: `The import of the catalog of ${provider} has begun.`,
      userId,
      data: { id: run.id },
    });
  });
  return run;
}

/** Writes how an import ended. */
export async function end(
  db: Database,
  run: CatalogImport,
  state: CatalogImportState,
  error: string | null,
): Promise<void> {
  const patch = { state, error, finishedAt: currentTime() };
  await db.transaction(async tx => {
    await tx.update(CatalogImport, patch, 't.id = ?', [run.id]);
    record(tx, {
      type: 'catalog.imported',
      message: `The import of the catalog of ${run.provider} has ${state === CatalogImportState.SUCCEEDED ? 'ended' : 'failed'}: ${run.done} of ${run.total} services, ${run.changes.length} changes.`,
      userId: run.userId,
      data: { id: run.id },
    });
  });
  Object.assign(run, patch);
}
