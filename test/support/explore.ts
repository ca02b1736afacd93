import type { EntityClass, Transaction } from '../../src/database';
import {
  CancellationRequest,
  CloudSubscription,
  OperationStep,
  Order,
  OrderLine,
  ProvisioningOperation,
  SubscriptionChange,
  SubscriptionLot,
} from '../../src/entities';
import type { Actor } from '../../src/policies';
import { type ActorContext, createContext, derive } from '../../src/services/context';
import { createLoaders } from '../../src/store';
import type { TestGateway } from './gateway';

/** The tables that orders and subscriptions move in, those that others refer to first. */
const TABLES = [
  Order,
  OrderLine,
  CloudSubscription,
  ProvisioningOperation,
  OperationStep,
  CancellationRequest,
  SubscriptionChange,
  SubscriptionLot,
] as const;

/** Every row of an account, by table. */
export type Rows = ReadonlyMap<EntityClass<object>, object[]>;

/** Rolls a transaction back. */
class Undone extends Error {}

/** Sends a statement that takes part in no transaction of its own. */
const control = (tx: Transaction, sql: string) =>
  (tx as unknown as { control(sql: string): Promise<void> }).control(sql);

/** Does `work`, and undoes it unless it is to be kept. */
async function between<T>(
  tx: Transaction,
  savepoint: string,
  keeps: boolean,
  work: () => Promise<T>,
): Promise<T> {
  await control(tx, `SAVEPOINT ${savepoint}`);
  let done = false;
  try {
    const result = await work();
    done = true;
    return result;
  } finally {
    if (!done || !keeps) await control(tx, `ROLLBACK TO SAVEPOINT ${savepoint}`);
  }
}

/** A database whose transactions are savepoints of one that is never committed. */
const within = (tx: Transaction) =>
  Object.assign(Object.create(tx) as Transaction, {
    transaction: <T>(work: (inner: Transaction) => Promise<T>) =>
      between(tx, 'inner_transaction', true, () => work(tx)),
  });

/** What the services are called with, inside a transaction that is undone. */
export interface Undoable {
  tx: Transaction;
  as(actor: Actor): ActorContext;
  rows(): Promise<Rows>;
  /** Does `work` and undoes it at once. */
  trying<T>(work: () => Promise<T>): Promise<T>;
}

/** Does `work` on these rows with the real services and the real database, and undoes all of it. */
export async function undoing<T>(
  { app: { deps } }: TestGateway,
  rows: Rows,
  work: (undoable: Undoable) => Promise<T>,
): Promise<T> {
  let result: T | undefined;
  const undone = deps.db.transaction(async tx => {
    for (const [entity, all] of rows) await tx.insert(entity, all);
    const db = within(tx);
    result = await work({
      tx,
      as: actor =>
        derive(createContext(deps, actor, 'explored', new AbortController().signal), {
          db,
          load: createLoaders(db, actor),
        }) as unknown as ActorContext,
      trying: work => between(tx, 'trial', false, work),
      async rows() {
        const found = new Map<EntityClass<object>, object[]>();
        for (const entity of TABLES) found.set(entity, await tx.many<object>(entity, ''));
        return found;
      },
    });
    throw new Undone();
  });
  await undone.catch(error => {
    if (!(error instanceof Undone)) throw error;
  });
  return result as T;
}
