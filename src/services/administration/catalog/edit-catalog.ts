import { typeid } from 'typeid-js';
import { lockCatalog, recordCatalogChange } from '../../../catalog';
import type { Transaction } from '../../../database';
import { type Action, type Actor, authorize } from '../../../policies';
import type { ActorContext } from '../../context';
import { once } from '../../idempotency';
import { lockActor } from '../../identity/lock';
import { optionalKey, parseInput } from '../../input';

/** What was done to the catalog. */
export interface CatalogEdit<T> {
  result: T;
  /** A sentence for the audit trail; null where there was nothing to change. */
  message: string | null;
}

/** An input that may have an idempotency key. */
export interface KeyedInput {
  idempotencyKey?: string | null;
}

/**
 * The one way in which administrators change the catalog. Changes follow one another, each makes a version of its own,
 * and this process knows it before the caller is answered; the others follow the log.
 */
export async function editCatalog<T>(
  { db, actor, catalog }: ActorContext,
  action: Action,
  work: (tx: Transaction) => Promise<CatalogEdit<T>>,
): Promise<T> {
  authorize(actor, action);
  const result = await db.transaction(tx => edit(tx, actor, action, work));
  await catalog.snapshotFor(db);
  return result;
}

/** The same for what is new, once for each idempotency key where one is given. Resolves to the id of what was made. */
export async function addToCatalog(
  context: ActorContext,
  action: Action,
  prefix: string,
  input: KeyedInput,
  work: (tx: Transaction, id: string) => Promise<string>,
): Promise<string> {
  const { db, actor, catalog } = context;
  authorize(actor, action);
  const { idempotencyKey: key } = parseInput(optionalKey, input);
  const id = typeid(prefix).toString();
  const made = await once(context, action, key, input, commit =>
    commit(id, tx =>
      edit(tx, actor, action, async () => ({ result: undefined, message: await work(tx, id) })),
    ),
  );
  await catalog.snapshotFor(db);
  return made;
}

async function edit<T>(
  tx: Transaction,
  actor: Actor,
  action: Action,
  work: (tx: Transaction) => Promise<CatalogEdit<T>>,
): Promise<T> {
  await lockActor(tx, actor, action);
  await lockCatalog(tx);
  const { result, message } = await work(tx);
  if (message !== null) await recordCatalogChange(tx, message, actor.userId);
  return result;
}
