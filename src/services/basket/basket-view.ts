import type { CatalogSnapshot } from '../../catalog';
import type { Session } from '../../database';
import {
  Account,
  type Basket,
  type BasketLine,
  type BillingDetails,
  CheckoutStep,
  type PriceList,
  Role,
} from '../../entities';
import { simple, type UserError } from '../../errors';
import { type Actor, hasRole } from '../../policies';
import { findAccount, findBasketLines, findVisible } from '../../store';
import type { Draft, DraftLine, Facts } from '../ordering/draft';
import { draftErrors } from '../ordering/draft-rules';
import { readFacts } from '../ordering/facts';
import { type PricedLine, priceLine, pricesHold } from '../ordering/prices';

/** A line with the prices that the buyer is shown: those of today until billing is confirmed, frozen from then on. */
export interface ShownLine extends PricedLine {
  line: BasketLine;
  draft: DraftLine;
}

/** What a basket holds. While its version is the same, so are its lines and whom it is for. */
export interface BasketContents {
  basket: Basket;
  lines: readonly BasketLine[];
  /** Null where nobody was chosen, or where the buyer may not see the account any more. */
  recipient: Account | null;
}

/** A basket with all that is asked about it, read at one moment. */
export interface BasketView {
  basket: Basket;
  lines: readonly ShownLine[];
  recipient: Account | null;
  /** What was confirmed, or what is proposed. */
  billing: BillingDetails | null;
  list: PriceList;
  totalMinor: number;
  facts: Facts;
  /** What checkout would refuse right now. */
  problems: readonly UserError[];
}

/** A line as the rules see it. */
export function toDraftLine(line: BasketLine): DraftLine {
  const { productId, subscriptionId, billingCycle, quantity, friendlyName, addons } = line;
  return { productId, subscriptionId, billingCycle, quantity, friendlyName, addons };
}

/** Reads the basket of `actor` and asks the rules about it. */
export async function viewBasket(
  session: Session,
  actor: Actor,
  basket: Basket,
  catalog: CatalogSnapshot,
): Promise<BasketView> {
  const lines = await findBasketLines(session, basket.id);
  const id = basket.recipientId ?? ownRecipient(actor);
  const recipient = id === null ? null : ((await findVisible(session, actor, Account, id)) ?? null);
  return checkBasketRules(session, actor, { basket, lines, recipient }, catalog);
}

/** Asks the rules about a basket: the same for showing it and, within a transaction, for checking it out. */
export async function checkBasketRules(
  session: Session,
  actor: Actor,
  { basket, lines, recipient }: BasketContents,
  catalog: CatalogSnapshot,
): Promise<BasketView> {
  const list = catalog.priceList(actor.priceListId);
  const draft: Draft = { actor, recipient, lines: lines.map(toDraftLine) };
  const facts = await readFacts(session, draft, catalog, list);
  const shown = lines.map(line => showLine(line, basket, catalog, list));
  return {
    basket,
    lines: shown,
    recipient,
    billing: basket.confirmedBilling ?? (await proposedBilling(session, actor, recipient)),
    list,
    totalMinor: shown.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    facts,
    problems: [...draftErrors(draft, facts), ...confirmationErrors(basket, shown, catalog, list)],
  };
}

/** Whom a basket is for that names nobody: the own account of a direct customer, who has no choice. */
export const ownRecipient = (actor: Actor) => (hasRole(actor, Role.CUSTOMER) ? actor.accountId : null);

/** The buyer is billed: the reseller for its end customers, a direct customer for itself. */
async function proposedBilling(
  session: Session,
  actor: Actor,
  recipient: Account | null,
): Promise<BillingDetails | null> {
  if (recipient && recipient.id === actor.accountId) return recipient.billing;
  const own = actor.accountId && (await findAccount(session, actor.accountId));
  return own ? own.billing : null;
}

function showLine(line: BasketLine, basket: Basket, catalog: CatalogSnapshot, list: PriceList): ShownLine {
  const draft = toDraftLine(line);
  if (basket.billingConfirmedAt === null) return { line, draft, ...priceLine(draft, catalog, list) };
  const { unitMinor, addons, quantity } = line;
  const totalMinor = addons.reduce(
    (sum, addon) => sum + addon.quantity * addon.unitMinor,
    quantity * unitMinor,
  );
  return { line, draft, unitMinor, addons, totalMinor };
}

function confirmationErrors(
  basket: Basket,
  lines: readonly ShownLine[],
  catalog: CatalogSnapshot,
  list: PriceList,
): UserError[] {
  if (lines.length === 0) return [];
  if (basket.billingConfirmedAt === null) {
    return [simple('BILLING_NOT_CONFIRMED', 'Confirm the billing information and the prices.', ['billing'])];
  }
  return lines.flatMap(({ line, draft }, index) =>
    pricesHold(
      { ...draft, unitMinor: line.unitMinor, currency: line.currency, addons: line.addons },
      catalog,
      list,
    )
      ? []
      : [
          simple(
            'PRICE_CHANGED',
            'A price has changed since you confirmed it. Look at it, and confirm again.',
            ['lines', String(index), 'unitPrice'],
          ),
        ],
  );
}

const RECIPIENT_CODES = new Set([
  'RECIPIENT_REQUIRED',
  'RECIPIENT_NOT_ALLOWED',
  'RESELLER_CANNOT_ORDER_FOR_SELF',
]);
const BILLING_CODES = new Set(['BILLING_NOT_CONFIRMED', 'PRICE_CHANGED']);

/** The step that the basket waits for: the first that has a problem. */
export function checkoutStep({ problems, recipient, basket }: BasketView): CheckoutStep {
  const codes = problems.map(problem => problem.code);
  // A recipient that was chosen and turns out not to fit is mended by choosing another.
  const isRecipients = (code: string) =>
    RECIPIENT_CODES.has(code) ||
    (code === 'ACTIVE_SUBSCRIPTION_EXISTS' && recipient?.id === basket.recipientId);
  if (codes.some(code => !isRecipients(code) && !BILLING_CODES.has(code))) return CheckoutStep.BASKET;
  if (codes.some(isRecipients)) return CheckoutStep.RECIPIENT;
  return codes.length > 0 ? CheckoutStep.BILLING : CheckoutStep.COMPLETE;
}
