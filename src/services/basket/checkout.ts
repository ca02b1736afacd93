import { typeid } from 'typeid-js';
import { z } from 'zod';
import type { CatalogSnapshot } from '../../catalog';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import {
  type Account,
  Basket,
  BasketState,
  type BillingDetails,
  type Order,
  OrderSource,
} from '../../entities';
import { checkVersion, notFound, Refusal, refuseIf } from '../../errors';
import { type Actor, authorize } from '../../policies';
import { findBasketToCheckOut, insertInto, lockBasketToCheckOut, transition } from '../../store';
import type { ActorContext } from '../context';
import { type CommitOnce, onceByClaim } from '../idempotency';
import { idempotencyKey, orderReferences, parseInput } from '../input';
import { lockTargets } from '../ordering/lock-targets';
import { type OrderToPlace, placeExecuted } from '../ordering/place';
import { precheckDraft } from '../ordering/precheck';
import { readRetailTariff, withRetail } from '../ordering/retail';
import {
  type BasketContents,
  type BasketView,
  checkBasketRules,
  ownRecipient,
  viewBasket,
} from './basket-view';
import { newBasket } from './change-basket';

/** Input of `checkout`. */
export interface CheckoutInput {
  basketId: string;
  idempotencyKey: string;
  expectedVersion?: number | null;
  externalReference?: string | null;
  purchaseOrderNumber?: string | null;
}

const checkoutInput = z.object({ idempotencyKey, ...orderReferences });

/** The basket has changed since the pre-check: checkout starts over. */
class BasketChanged extends Error {}

/**
 * Turns the caller's basket into an order and executes it, in one transaction. A basket makes one order, however often
 * and under whichever keys it is checked out: every call gets that order. Refuses with all that `basket.problems` shows.
 * Resolves to the order's id.
 */
export async function checkout(context: ActorContext, input: CheckoutInput): Promise<string> {
  authorize(context.actor, 'checkout');
  const { idempotencyKey: key, ...references } = parseInput(checkoutInput, input);
  const terms = { ...input, ...references };
  for (;;) {
    try {
      return await onceByClaim(context, 'checkout', key, input, commit => attempt(context, terms, commit));
    } catch (error) {
      if (!(error instanceof BasketChanged)) throw error;
    }
  }
}

type Terms = CheckoutInput & Pick<OrderToPlace, 'externalReference' | 'purchaseOrderNumber'>;

async function attempt(context: ActorContext, input: Terms, commit: CommitOnce): Promise<string> {
  const { actor, catalog } = context;
  const found = await findWithCatalog(context, input.basketId);
  const { basket } = found;
  if (basket.orderId) return commit(basket.orderId, async () => undefined);
  checkVersion(input.expectedVersion, basket.version);
  const asked = await checkBasket(context, found);
  const lines = asked.lines.map(({ line }) => line);
  const orderId = typeid('ord').toString();
  let order: Order | undefined;
  const resultId = await commit(orderId, async tx => {
    const now = await lockBasket(tx, actor, asked);
    await lockTargets(tx, lines);
    const current = await catalog.snapshotFor(tx);
    // A subscription that is live since then is found by its unique key when the new one is inserted.
    const view = await checkBasketRules(tx, actor, { ...now, lines }, current, asked.facts.live);
    order = await writeOrder(tx, context, requireReady(view), orderId, input);
  });
  // The caller sees it: it sees the recipient, which was read for it under the lock.
  if (order && resultId === orderId) context.load.visible.order.prime(orderId, order);
  return resultId;
}

/** Checks the rules and the provider's pre-check, before anything is locked. */
async function checkBasket(context: ActorContext, found: FoundBasket): Promise<ReadyView> {
  const { db, actor, catalog } = context;
  const { basket } = found;
  try {
    const asked = requireReady(await checkBasketRules(db, actor, found, found.catalog));
    const drafts = asked.lines.map(({ draft }) => draft);
    await precheckDraft(context, asked.recipient, drafts, OrderSource.STOREFRONT, async () => {
      requireReady(await viewBasket(db, actor, basket, await catalog.snapshotFor(db)));
    });
    return asked;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The obstacle may be the order that a concurrent call has created from this basket.
    const now = await findWithCatalog(context, basket.id);
    throw now.basket.version === basket.version ? error : new BasketChanged();
  }
}

interface FoundBasket extends BasketContents {
  catalog: CatalogSnapshot;
}

/** Finds the caller's basket with its contents, and the catalog of the current version. */
async function findWithCatalog({ db, actor, catalog }: ActorContext, id: string): Promise<FoundBasket> {
  const found = await findBasketToCheckOut(db, actor, id, ownRecipient(actor));
  if (!found) throw new Refusal([notFound('basket', ['basketId'])]);
  const { version, ...contents } = found;
  return { ...contents, catalog: await catalog.snapshotAt(version, db) };
}

/** Locks the recipient and then the basket, if the basket is unchanged since the pre-check. */
async function lockBasket(tx: Transaction, actor: Actor, { basket, recipient }: ReadyView) {
  const now = await lockBasketToCheckOut(tx, actor, recipient.id, basket);
  if (!now) throw new BasketChanged();
  return now;
}

type ReadyView = BasketView & { recipient: Account; billing: BillingDetails };

/** Refuses a view with problems. One without has a recipient and billing details. */
function requireReady(view: BasketView): ReadyView {
  refuseIf(view.problems);
  if (!view.recipient || !view.billing) throw new Error('A basket without problems has nobody to order for');
  return view as ReadyView;
}

async function writeOrder(
  tx: Transaction,
  context: ActorContext,
  view: ReadyView,
  orderId: string,
  { externalReference, purchaseOrderNumber }: Terms,
): Promise<Order> {
  const { userId } = context.actor;
  const { recipient, billing, basket, tariff, facts } = view;
  const retail = await readRetailTariff(tx, facts.catalog, recipient.resellerId);
  const pricedAt = basket.billingConfirmedAt ?? currentTime();
  const order = await placeExecuted(
    tx,
    {
      id: orderId,
      source: OrderSource.STOREFRONT,
      placedById: userId,
      recipient,
      billing,
      currency: tariff.currency,
      basketId: basket.id,
      externalReference,
      purchaseOrderNumber,
      lines: view.lines.map(({ draft, unitMinor, addons, totalMinor }) =>
        withRetail({ ...draft, unitMinor, addons, totalMinor }, retail, facts, pricedAt),
      ),
    },
    facts.catalog,
  );
  const done = {
    state: BasketState.CHECKED_OUT,
    orderId,
    updatedAt: currentTime(),
  };
  await transition(tx, Basket, basket.id, done);
  await insertInto(tx, Basket, newBasket(typeid('bkt').toString(), userId));
  return order;
}
