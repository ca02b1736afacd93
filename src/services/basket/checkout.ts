import { typeid } from 'typeid-js';
import { z } from 'zod';
import type { Session, Transaction } from '../../database';
import { Account, Basket, BasketState, type BillingDetails, OrderSource } from '../../entities';
import { checkVersion, notFound, Refusal, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import type { ActorContext } from '../context';
import { type CommitOnce, once } from '../idempotency';
import { idempotencyKey, parseInput } from '../input';
import { askProvider } from '../ordering/ask-provider';
import { execute } from '../ordering/execute';
import { lockTargets } from '../ordering/lock-targets';
import { place } from '../ordering/place';
import { type BasketView, viewBasket } from './basket-view';
import { newBasket } from './change-basket';

/** What `checkout` is asked with. */
export interface CheckoutInput {
  basketId: string;
  idempotencyKey: string;
  expectedVersion?: number | null;
}

const checkoutInput = z.object({ idempotencyKey });

/** The basket is no longer what it was when the provider was asked: all of it begins anew. */
class BasketChanged extends Error {}

/**
 * Turns the caller's basket into an order and executes it, in one transaction. A basket makes one order, however often
 * and under whichever keys it is checked out: every call gets that order. Refuses with all that `basket.problems` shows.
 * Resolves to the order's id.
 */
export async function checkout(context: ActorContext, input: CheckoutInput): Promise<string> {
  authorize(context.actor, 'checkout');
  const { idempotencyKey: key } = parseInput(checkoutInput, input);
  for (;;) {
    try {
      return await once(context, 'checkout', key, input, commit => attempt(context, input, commit));
    } catch (error) {
      if (!(error instanceof BasketChanged)) throw error;
    }
  }
}

async function attempt(context: ActorContext, input: CheckoutInput, commit: CommitOnce): Promise<string> {
  const { db, actor, catalog } = context;
  const basket = await findBasket(db, input.basketId, actor.userId);
  if (basket.orderId) return commit(basket.orderId, async () => undefined);
  checkVersion(input.expectedVersion, basket.version);
  const asked = await opinion(context, basket);
  const orderId = typeid('ord').toString();
  return commit(orderId, async tx => {
    await tx.one(Account, 'WHERE t.id = ? FOR UPDATE', [asked.recipient.id]);
    const now = await findBasket(tx, input.basketId, actor.userId, 'FOR UPDATE');
    if (now.version !== basket.version) throw new BasketChanged();
    await lockTargets(
      tx,
      asked.lines.map(({ draft }) => draft),
    );
    await write(tx, context, ready(await viewBasket(tx, actor, now, await catalog.asSeenBy(tx))), orderId);
  });
}

/** What the rules and the provider say of `basket`, before anything is locked. */
async function opinion(context: ActorContext, basket: Basket): Promise<ReadyView> {
  const { db, actor, catalog } = context;
  const look = async () => ready(await viewBasket(db, actor, basket, await catalog.asSeenBy(db)));
  try {
    const asked = await look();
    const drafts = asked.lines.map(({ draft }) => draft);
    await askProvider(
      context,
      asked.recipient,
      drafts,
      OrderSource.STOREFRONT,
      async () => void (await look()),
    );
    return asked;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What stands in the way may be the very order that another call has made of this basket.
    const now = await findBasket(db, basket.id, actor.userId);
    throw now.version === basket.version ? error : new BasketChanged();
  }
}

async function findBasket(session: Session, id: string, userId: string, lock: '' | 'FOR UPDATE' = '') {
  const basket = await session.one(Basket, `WHERE t.id = ? AND t.userId = ? ${lock}`, [id, userId]);
  if (!basket) throw new Refusal([notFound('basket', ['basketId'])]);
  return basket;
}

type ReadyView = BasketView & { recipient: Account; billing: BillingDetails };

/** A view without problems has a recipient and billing details. */
function ready(view: BasketView): ReadyView {
  refuseIf(view.problems);
  if (!view.recipient || !view.billing) throw new Error('A basket without problems has nobody to order for');
  return view as ReadyView;
}

async function write(
  tx: Transaction,
  context: ActorContext,
  view: ReadyView,
  orderId: string,
): Promise<void> {
  const { userId } = context.actor;
  const { recipient, billing, basket, list, facts } = view;
  const { order, lines } = await place(tx, {
    id: orderId,
    source: OrderSource.STOREFRONT,
    placedById: userId,
    recipient,
    billing,
    currency: list.currency,
    basketId: basket.id,
    lines: view.lines.map(({ draft, unitMinor, addons, totalMinor }) => ({
      ...draft,
      unitMinor,
      addons,
      totalMinor,
    })),
  });
  await execute(tx, {
    order,
    lines,
    executedById: userId,
    recipientName: recipient.name,
    catalog: facts.catalog,
  });
  const done = {
    state: BasketState.CHECKED_OUT,
    orderId,
    version: basket.version + 1,
    updatedAt: new Date(),
  };
  await tx.update(Basket, done, 't.id = ?', [basket.id]);
  await tx.insert(Basket, [newBasket(typeid('bkt').toString(), userId)]);
}
