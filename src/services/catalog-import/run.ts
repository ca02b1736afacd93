import { lockCatalog, recordCatalogChange } from '../../catalog';
import type { Database } from '../../database';
import { CatalogChangeKind, CatalogImport, CatalogImportState } from '../../entities';
import { Refusal, simple } from '../../errors';
import type { Actor } from '../../policies';
import type { ProviderService, RejectedEntry } from '../../providers';
import { claimChore, registerChore, updateById } from '../../store';
import { lockActor } from '../identity/lock';
import { applyPlan, recordImportedItems } from './apply';
import { type ImportContext, planServiceImport, readOffers } from './compare';
import { finishImport, startImport } from './progress';
import { rejections } from './rejected';
import { changedIds, summary } from './summary';

/** Changes that are shown and not made. */
const UNWRITTEN = new Set<CatalogChangeKind>([CatalogChangeKind.KEEP, CatalogChangeKind.REJECT]);

/** A claim holds so long without a service being finished. */
const LEASE_MS = 60_000;

/**
 * Imports a provider's catalog, a transaction for each service, and writes how far it is with each. One at a time for each
 * provider, in all processes. Each transaction reads the rights of `actor` again; a command has none. `onProgress` is told after
 * each service. May be repeated: what is done is found done.
 */
export async function runImport(
  tools: ImportContext,
  provider: string,
  actor: Actor | null,
  onProgress: (sofar: CatalogImport) => void = () => undefined,
): Promise<CatalogImport> {
  const { db, log } = tools;
  const { services, rejected } = await readOffers(tools, provider);
  const chore = `import ${provider}`.slice(0, 40);
  await registerChore(db, chore, 0);
  const held = await claimChore(db, chore, LEASE_MS, true);
  if (!held) {
    throw new Refusal([simple('INVALID_STATE', 'This catalog is being imported already.', ['provider'])]);
  }
  try {
    const run = await startImport(db, provider, actor, services.length, rejections(rejected));
    try {
      for (const service of services) {
        await importService(db, run, actor, service, rejected);
        onProgress(run);
        if (!(await held.renew())) throw new Error('Another process has taken the import over');
      }
      await finishImport(db, run, CatalogImportState.SUCCEEDED, null);
    } catch (error) {
      log.error({ err: error, import: run.id }, 'an import of a catalog has failed');
      await finishImport(db, run, CatalogImportState.FAILED, `It stopped; the log says why under ${run.id}.`);
    }
    return run;
  } finally {
    await held.release();
  }
}

function importService(
  db: Database,
  run: CatalogImport,
  actor: Actor | null,
  service: ProviderService,
  rejected: readonly RejectedEntry[],
): Promise<void> {
  return db
    .transaction(async tx => {
      if (actor) await lockActor(tx, actor, 'importCatalog');
      // What is planned is what is written.
      await lockCatalog(tx);
      const { own, offered, plan } = await planServiceImport(tx, run.provider, service, rejected);
      const written = plan.changes.filter(({ kind }) => !UNWRITTEN.has(kind));
      if (written.length > 0) {
        await applyPlan(tx, run, offered, own, plan);
        const message = `Imported from ${run.provider}, ${service.type}: ${summary(written)}.`;
        const about = [run.id, ...changedIds(written, own)];
        await recordCatalogChange(tx, message, { about, userId: run.userId });
      } else {
        await recordImportedItems(tx, run.provider, plan);
      }
      const sofar = { done: run.done + 1, changes: [...run.changes, ...plan.changes] };
      await updateById(tx, CatalogImport, run.id, sofar);
      return sofar;
    })
    .then(sofar => void Object.assign(run, sofar));
}
