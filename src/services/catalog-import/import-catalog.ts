import type { CatalogChange, CatalogImport } from '../../entities';
import { authorize } from '../../policies';
import { type ActorContext, derive } from '../context';
import { type ImportContext, planServiceImport, readOffers } from './compare';
import { rejections } from './rejected';
import { runImport } from './run';

/** Returns the changes that an import of the provider's catalog would make now. Writes nothing. */
export async function previewCatalogImport(
  context: ActorContext,
  { provider }: { provider: string },
): Promise<CatalogChange[]> {
  authorize(context.actor, 'previewCatalogImport');
  return preview(context, provider, context.signal);
}

/** The same for a command. */
export async function preview(
  tools: ImportContext,
  provider: string,
  signal?: AbortSignal,
): Promise<CatalogChange[]> {
  const { services, rejected } = await readOffers(tools, provider, signal);
  const changes: CatalogChange[] = rejections(rejected);
  for (const service of services) {
    changes.push(...(await planServiceImport(tools.db, provider, service, rejected)).plan.changes);
  }
  return changes;
}

/** Imports the provider's catalog as an administrator; resolves to the import as it ended. */
export async function importCatalog(
  context: ActorContext,
  { provider }: { provider: string },
): Promise<CatalogImport> {
  authorize(context.actor, 'importCatalog');
  // It continues after a client has disconnected: `catalogImports` shows it.
  const tools = derive(context, { db: context.db.metered() });
  const run = await runImport(tools, provider, context.actor);
  // Whoever imported reads it at once; other processes follow the log.
  if (run.changes.length > 0) await context.catalog.load();
  return run;
}
