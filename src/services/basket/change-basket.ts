import type { CatalogSnapshot } from '../../catalog';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { Basket, BasketLine, BasketState, type PriceList } from '../../entities';
import { checkVersion, notFound, Refusal } from '../../errors';
import { record } from '../../events';
import { type Action, authorize } from '../../policies';
import type { ActorContext } from '../context';

/** What a change of the basket is made with: everything locked, read inside the lock. */
export interface BasketChange {
  tx: Transaction;
  basket: Basket;
  lines: BasketLine[];
  catalog: CatalogSnapshot;
  list: PriceList;
}

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
  change: (basket: BasketChange) => Promise<Partial<Basket> | undefined>,
): Promise<Basket> {
  authorize(context.actor, action);
  return context.db.transaction(async tx => {
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
  });
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
