import { typeid } from 'typeid-js';
import { currentTime } from '../../clock';
import type { Database } from '../../database';
import { type CatalogChange, CatalogImport, CatalogImportState } from '../../entities';
import { type NewEvent, record } from '../../events';
import type { Actor } from '../../policies';
import { insertInto, interruptImports, tryTransition } from '../../store';
import { lockActor } from '../identity/lock';

/** Whatever was under way for this provider is no longer: its process is gone. */
export async function startImport(
  db: Database,
  provider: string,
  actor: Actor | null,
  total: number,
  rejected: CatalogChange[],
): Promise<CatalogImport> {
  const run: CatalogImport = Object.assign(new CatalogImport(), {
    id: typeid('imp').toString(),
    provider,
    state: CatalogImportState.RUNNING,
    userId: actor?.userId ?? null,
    total,
    done: 0,
    changes: rejected,
    error: null,
    startedAt: currentTime(),
    finishedAt: null,
  });
  await db.transaction(async tx => {
    if (actor) await lockActor(tx, actor, 'importCatalog');
    await interruptImports(tx, provider);
    await insertInto(tx, CatalogImport, run);
    record(tx, {
      type: 'catalog.imported',
      message: `The import of the catalog of ${provider} has begun.`,
      userId: run.userId,
      data: { id: run.id },
    });
  });
  return run;
}

/** Writes how an import ended. */
export async function finishImport(
  db: Database,
  run: CatalogImport,
  state: 'SUCCEEDED' | 'FAILED',
  error: string | null,
): Promise<void> {
  const patch = { state, error, finishedAt: currentTime() };
  await db.transaction(async tx => {
    const ending = state === CatalogImportState.SUCCEEDED ? 'ended' : 'failed';
    const event: NewEvent = {
      type: 'catalog.imported',
      message: `The import of the catalog of ${run.provider} has ${ending}: ${run.done} of ${run.total} services, ${run.changes.length} changes.`,
      userId: run.userId,
      data: { id: run.id },
    };
    // A later import of the same provider may have marked this one as interrupted.
    await tryTransition(tx, CatalogImport, run.id, patch, { event });
  });
  Object.assign(run, patch);
}
