import type { CatalogSnapshot } from '../../catalog';
import { currentTime } from '../../clock';
import type { Patch, Transaction } from '../../database';
import { Basket, BasketLine, BasketState, type PriceList } from '../../entities';
import { checkVersion, notFound, Refusal } from '../../errors';
import { record } from '../../events';
import { type Action, authorize } from '../../policies';
import type { ActorContext } from '../context';
import { once } from '../idempotency';

/** What a change of the basket is made with: everything locked, read inside the lock. */
export interface BasketChange {
  tx: Transaction;
  basket: Basket;
  lines: BasketLine[];
  catalog: CatalogSnapshot;
  list: PriceList;
}

/** Changes the lines; resolves to what changes of the basket itself. */
export type ChangeLines = (basket: BasketChange) => Promise<Patch<Basket> | undefined>;

/** The open basket of the caller; with `lock`, as it is until the transaction ends. */
export async function openBasket(
  session: Pick<Transaction, 'one'>,
  userId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Basket> {
  const basket = await session.one(Basket, `WHERE t.openUserId = ? ${lock}`, [userId]);
  if (!basket) throw new Error(`User ${userId} has no open basket`);
  return basket;
}

/**
 * The one way in which an open basket changes. Changes of one basket follow one another; each raises its version and
 * takes a confirmation back, for the buyer has confirmed something else. Resolves to the basket as it is then.
 */
export async function changeBasket(
  context: ActorContext,
  action: Action,
  expectedVersion: number | null | undefined,
  change: ChangeLines,
): Promise<Basket> {
  authorize(context.actor, action);
  return context.db.transaction(tx => changeOpen(context, tx, action, expectedVersion, change));
}

/** The basket was checked out since its id was read. */
class BasketReplaced extends Error {}

/** The same once for each idempotency key: a repeat resolves to the basket that the first call changed. */
export async function changeBasketOnce(
  context: ActorContext,
  action: Action,
  key: string,
  input: { idempotencyKey?: string | null; expectedVersion?: number | null },
  change: ChangeLines,
): Promise<Basket> {
  const { actor, db } = context;
  authorize(actor, action);
  for (;;) {
    const { id } = await openBasket(db, actor.userId);
    try {
      const changedId = await once(context, action, key, input, commit =>
        commit(id, async tx => {
          const basket = await changeOpen(context, tx, action, input.expectedVersion, change);
          if (basket.id !== id) throw new BasketReplaced();
        }),
      );
      const changed = await db.one(Basket, 'WHERE t.id = ?', [changedId]);
      if (!changed) throw new Error(`Basket ${changedId} is missing`);
      return changed;
    } catch (error) {
      if (!(error instanceof BasketReplaced)) throw error;
    }
  }
}

async function changeOpen(
  context: ActorContext,
  tx: Transaction,
  action: Action,
  expectedVersion: number | null | undefined,
  change: ChangeLines,
): Promise<Basket> {
  const basket = await openBasket(tx, context.actor.userId, 'FOR UPDATE');
  checkVersion(expectedVersion, basket.version);
  const catalog = await context.catalog.asSeenBy(tx);
  const lines = await tx.many(BasketLine, 'WHERE t.basketId = ? ORDER BY t.position', [basket.id]);
  const list = catalog.priceList(context.actor.priceListId);
  const patch = await change({ tx, basket, lines, catalog, list });
  const changed = {
    billingConfirmedAt: null,
    confirmedBilling: null,
    ...patch,
    version: basket.version + 1,
    updatedAt: currentTime(),
  };
  await tx.update(Basket, changed, 't.id = ?', [basket.id]);
  const { userId, accountId } = context.actor;
  record(tx, { type: 'basket.changed', message: `The basket was changed: ${action}.`, userId, accountId });
  return Object.assign(basket, changed);
}

/** The line of the basket that the caller names. */
export function findLine(lines: readonly BasketLine[], lineId: string): BasketLine {
  const line = lines.find(({ id }) => id === lineId);
  if (!line) throw new Refusal([notFound('line in your basket', ['lineId'])]);
  return line;
}

/** An empty basket that waits for the user's first line. */
export function newBasket(id: string, userId: string): Partial<Basket> {
  return { id, userId, state: BasketState.OPEN, version: 1, updatedAt: currentTime() };
}
