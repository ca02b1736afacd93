import type { CatalogSnapshot, Tariff } from '../../catalog';
import { currentTime } from '../../clock';
import type { Patch, Session, Transaction } from '../../database';
import { Basket, type BasketLine, BasketState } from '../../entities';
import { checkVersion, notFound, Refusal } from '../../errors';
import { record } from '../../events';
import { type Action, authorize } from '../../policies';
import { findBasketLines, findOpenBasket, lockOpenBasket, readById, updateById } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { readBasketTariff } from '../ordering/retail';

/** Input of a change of the basket, read within its lock. */
export interface BasketChange {
  tx: Transaction;
  basket: Basket;
  lines: BasketLine[];
  catalog: CatalogSnapshot;
  tariff: Tariff;
}

/** Function that changes lines. Resolves to a patch of the basket itself. */
export type ChangeLines = (basket: BasketChange) => Promise<Patch<Basket> | undefined>;

/** Finds the open basket of a user. Throws if it is missing. */
export const openBasket = async (session: Session, userId: string): Promise<Basket> =>
  requireBasket(await findOpenBasket(session, userId), userId);

function requireBasket(basket: Basket | null, userId: string): Basket {
  if (!basket) throw new Error(`User ${userId} has no open basket`);
  return basket;
}

/** Changes the open basket under its lock: all changes go through here. Clears the confirmation of billing. */
export async function changeBasket(
  context: ActorContext,
  action: Action,
  expectedVersion: number | null | undefined,
  change: ChangeLines,
): Promise<Basket> {
  authorize(context.actor, action);
  return context.db.transaction(tx => changeOpenBasket(context, tx, action, expectedVersion, change));
}

/** The basket was checked out since its id was read. */
class BasketReplaced extends Error {}

/** Changes an open basket once per idempotency key. A repeat resolves to the basket that the first call changed. */
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
          const basket = await changeOpenBasket(context, tx, action, input.expectedVersion, change);
          if (basket.id !== id) throw new BasketReplaced();
        }),
      );
      return await readById(db, Basket, changedId);
    } catch (error) {
      if (!(error instanceof BasketReplaced)) throw error;
    }
  }
}

async function changeOpenBasket(
  context: ActorContext,
  tx: Transaction,
  action: Action,
  expectedVersion: number | null | undefined,
  change: ChangeLines,
): Promise<Basket> {
  const basket = requireBasket(await lockOpenBasket(tx, context.actor.userId), context.actor.userId);
  checkVersion(expectedVersion, basket.version);
  const catalog = await context.catalog.snapshotFor(tx);
  const lines = await findBasketLines(tx, basket.id);
  const tariff = await readBasketTariff(tx, catalog, context.actor);
  const patch = await change({ tx, basket, lines, catalog, tariff });
  const changed = {
    billingConfirmedAt: null,
    confirmedBilling: null,
    ...patch,
    version: basket.version + 1,
    updatedAt: currentTime(),
  };
  await updateById(tx, Basket, basket.id, changed);
  const { userId, accountId } = context.actor;
  record(tx, { type: 'basket.changed', message: `The basket was changed: ${action}.`, userId, accountId });
  return Object.assign(basket, changed);
}

/** Finds a line of the basket. Refuses with NOT_FOUND. */
export function findLine(lines: readonly BasketLine[], lineId: string): BasketLine {
  const line = lines.find(({ id }) => id === lineId);
  if (!line) throw new Refusal([notFound('line in your basket', ['lineId'])]);
  return line;
}

/** Creates an empty open basket. */
export function newBasket(id: string, userId: string): Partial<Basket> {
  return { id, userId, state: BasketState.OPEN, version: 1, updatedAt: currentTime() };
}
