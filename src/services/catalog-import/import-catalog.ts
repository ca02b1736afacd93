import { typeid } from 'typeid-js';
import { changeCatalog } from '../../catalog';
import type { Database } from '../../database';
import { type CatalogChange, CatalogChangeKind, CatalogImport, CatalogImportState } from '../../entities';
import { notFound, Refusal, simple } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { ProviderFault, type ProviderService } from '../../provisioning';
import { knowChore, takeChore } from '../../store';
import type { ActorContext, Deps } from '../context';
import { applyPlan, note } from './apply';
import { itemsOf } from './offered';
import { readOwn } from './own';
import { planImport } from './plan';

/** What an import needs of the process. */
type Tools = Pick<Deps, 'db' | 'providers' | 'log'>;

/** What an import of the provider's catalog would do now; nothing is written. */
export async function previewCatalogImport(
  context: ActorContext,
  { provider }: { provider: string },
): Promise<CatalogChange[]> {
  authorize(context.actor, 'previewCatalogImport');
  return preview(context, provider, context.signal);
}

/** The same for a command. */
export async function preview(
  tools: Tools,
  provider: string,
  signal?: AbortSignal,
): Promise<CatalogChange[]> {
  const changes: CatalogChange[] = [];
  for (const service of await offeredBy(tools, provider, signal)) {
    changes.push(...(await planFor(tools.db, provider, service)).plan.changes);
  }
  return changes;
}

/** Imports the provider's catalog as an administrator; resolves to the import as it ended. */
export async function importCatalog(
  context: ActorContext,
  { provider }: { provider: string },
): Promise<CatalogImport> {
  authorize(context.actor, 'importCatalog');
  const run = await runImport(context, provider, context.actor.userId);
  // Whoever imported reads it at once; other processes follow the log.
  if (run.changes.length > 0) await context.catalog.load();
  return run;
}

/** A claim holds so long without a service being finished. */
const LEASE_MS = 60_000;

/**
 * Imports a provider's catalog, a transaction for each service, and writes how far it is with each. One at a time for each
 * provider, in all processes. `onProgress` is told after each service. May be repeated: what is done is found done.
 */
export async function runImport(
  tools: Tools,
  provider: string,
  userId: string | null,
  onProgress: (sofar: CatalogImport) => void = () => undefined,
): Promise<CatalogImport> {
  const { db, log } = tools;
  const services = await offeredBy(tools, provider);
  const chore = `import ${provider}`.slice(0, 40);
  await knowChore(db, chore, 0);
  const held = await takeChore(db, chore, LEASE_MS, true);
  if (!held) {
    throw new Refusal([simple('INVALID_STATE', 'This catalog is being imported already.', ['provider'])]);
  }
  const run = await begin(db, provider, userId, services.length);
  try {
    for (const service of services) {
      await importService(db, run, service);
      onProgress(run);
      if (!(await held.renew())) throw new Error('Another process has taken the import over');
    }
    await end(db, run, CatalogImportState.SUCCEEDED, null);
  } catch (error) {
    log.error({ err: error, import: run.id }, 'an import of a catalog has failed');
    await end(db, run, CatalogImportState.FAILED, `It stopped; the log says why under ${run.id}.`);
  } finally {
    await held.end();
  }
  return run;
}

/** What the provider offers, and, without products, what it no longer does. */
async function offeredBy(
  { providers, db }: Tools,
  name: string,
  signal?: AbortSignal,
): Promise<ProviderService[]> {
  const provider = providers.get(name);
  if (!provider) throw new Refusal([notFound('provider', ['provider'])]);
  const trackId = typeid('trk').toString();
  const offered = await provider.readCatalog({ trackId, signal }).catch((error: unknown) => {
    if (!(error instanceof ProviderFault)) throw error;
    throw new Refusal([simple('PROVIDER_UNAVAILABLE', `${error.message}.`, ['provider'])]);
  });
  const sold = offered.filter(({ products }) => products.length > 0);
  const known = await db.rows<{ type: string }>(
    'SELECT providerServiceType AS type FROM services WHERE provider = ? ORDER BY code',
    [name],
  );
  const gone = known.filter(({ type }) => !sold.some(service => service.type === type));
  return [...sold, ...gone.map(({ type }) => nothing(type))];
}

const nothing = (type: string): ProviderService => ({
  type,
  name: '',
  quantityLimit: null,
  allowMultiple: false,
  cancelsAtOnce: false,
  products: [],
  addons: [],
});

async function planFor(session: Parameters<typeof readOwn>[0], provider: string, service: ProviderService) {
  const codes = [...service.products, ...service.addons].map(({ sku }) => sku);
  const own = await readOwn(session, provider, service.type, codes);
  const offered = service.products.length > 0 ? itemsOf(service, own.publicList.currency) : [];
  return { own, offered, plan: planImport(offered, own) };
}

function importService(db: Database, run: CatalogImport, service: ProviderService): Promise<void> {
  return db
    .transaction(async tx => {
      // Every change of the catalog locks this row, so what is planned is what is written.
      await tx.rows('SELECT version FROM catalog_version WHERE id = 1 FOR UPDATE');
      const { own, offered, plan } = await planFor(tx, run.provider, service);
      const written = plan.changes.filter(({ kind }) => kind !== CatalogChangeKind.KEEP);
      if (written.length > 0) {
        await changeCatalog(tx, `Imported from ${run.provider}: ${service.type}.`);
        await applyPlan(tx, run.provider, offered, own, plan);
      } else {
        await note(tx, run.provider, plan);
      }
      const sofar = { done: run.done + 1, changes: [...run.changes, ...plan.changes] };
      await tx.update(CatalogImport, sofar, 't.id = ?', [run.id]);
      return sofar;
    })
    .then(sofar => void Object.assign(run, sofar));
}

/** Whatever was under way for this provider is no longer: its process is gone. */
async function begin(
  db: Database,
  provider: string,
  userId: string | null,
  total: number,
): Promise<CatalogImport> {
  const run: CatalogImport = Object.assign(new CatalogImport(), {
    id: typeid('imp').toString(),
    provider,
    state: CatalogImportState.RUNNING,
    userId,
    total,
    done: 0,
    changes: [],
    error: null,
    startedAt: new Date(),
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

async function end(
  db: Database,
  run: CatalogImport,
  state: CatalogImportState,
  error: string | null,
): Promise<void> {
  const patch = { state, error, finishedAt: new Date() };
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
