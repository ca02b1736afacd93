import { typeid } from 'typeid-js';
import { lockCatalog, recordCatalogChange } from '../../../catalog';
import type { Transaction } from '../../../database';
import { type Action, type Actor, authorize } from '../../../policies';
import type { ActorContext } from '../../context';
import { once } from '../../idempotency';
import { lockActor } from '../../identity/lock';
import { optionalKey, parseInput } from '../../input';

/** Result of a change of the catalog. */
export interface CatalogEdit<T> {
  result: T;
  /** One sentence for the audit trail. Null if nothing changed. */
  message: string | null;
  /** Ids of the objects that the change concerns. */
  about: readonly string[];
}

/** Input with an optional idempotency key. */
export interface KeyedInput {
  idempotencyKey?: string | null;
}

/** Changes the catalog under its lock: all administrators' changes go through here. This process has it at once. */
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

/** Runs the creation of a catalog item, once per idempotency key. Resolves to the id of the item. */
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
      edit(tx, actor, action, async () => ({ result: undefined, message: await work(tx, id), about: [id] })),
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
  const { result, message, about } = await work(tx);
  if (message !== null) await recordCatalogChange(tx, message, { about, userId: actor.userId });
  return result;
}
