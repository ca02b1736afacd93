import type { CatalogSnapshot, Tariff } from '../../catalog';
import { currentTime } from '../../clock';
import type { Session } from '../../database';
import {
  Account,
  type Basket,
  type BasketLine,
  type BillingDetails,
  CheckoutStep,
  Role,
} from '../../entities';
import { simple, type UserError } from '../../errors';
import { type Actor, hasRole, seesAmounts } from '../../policies';
import { findBasketLines, findById, findVisible } from '../../store';
import type { Draft, DraftLine, Facts } from '../ordering/draft';
import { draftErrors } from '../ordering/draft-rules';
import { readFacts } from '../ordering/facts';
import { dueNow, type PricedLine, priceLine, pricesHold } from '../ordering/prices';
import { readBasketTariff } from '../ordering/retail';

/** Line with the prices that the buyer sees: current ones until billing is confirmed, frozen ones afterwards. */
export interface ShownLine extends PricedLine {
  line: BasketLine;
  draft: DraftLine;
}

/** Contents of a basket. Lines and recipient are unchanged while its version is. */
export interface BasketContents {
  basket: Basket;
  lines: readonly BasketLine[];
  /** Recipient. Null if none was chosen, or if the buyer may no longer see the account. */
  recipient: Account | null;
}

/** Basket with its prices and problems, read at one time. */
export interface BasketView {
  basket: Basket;
  lines: readonly ShownLine[];
  recipient: Account | null;
  /** Confirmed billing details, or the proposed ones. */
  billing: BillingDetails | null;
  tariff: Tariff;
  totalMinor: number;
  facts: Facts;
  /** Errors that checkout would give now. */
  problems: readonly UserError[];
}

/** Converts a basket line to a draft line. */
export function toDraftLine(line: BasketLine): DraftLine {
  const { productId, subscriptionId, billingCycle, quantity, friendlyName, addons } = line;
  return { productId, subscriptionId, billingCycle, quantity, friendlyName, addons };
}

/** Reads the contents of a basket and checks its rules. */
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

/** Checks the rules of a basket, for display and, within a transaction, for checkout. Reads live subscriptions unless given. */
export async function checkBasketRules(
  session: Session,
  actor: Actor,
  { basket, lines, recipient }: BasketContents,
  catalog: CatalogSnapshot,
  live?: Facts['live'],
): Promise<BasketView> {
  const tariff = await readBasketTariff(session, catalog, actor);
  const draft: Draft = { actor, recipient, lines: lines.map(toDraftLine) };
  const facts = await readFacts(session, draft, catalog, tariff, live);
  // An end customer cannot check out, so nothing is frozen for it, and a line from before retail prices shows no cost.
  const frozenAt = seesAmounts(actor) ? basket.billingConfirmedAt : null;
  const shown = lines.map(line => showLine(line, frozenAt, facts));
  return {
    basket,
    lines: shown,
    recipient,
    billing: basket.confirmedBilling ?? (await proposedBilling(session, actor, recipient)),
    tariff,
    totalMinor: shown.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    facts,
    problems: [...draftErrors(draft, facts), ...confirmationErrors(basket, shown, tariff)],
  };
}

/** Default recipient of a basket: a direct customer's own account. */
export const ownRecipient = (actor: Actor) => (hasRole(actor, Role.CUSTOMER) ? actor.accountId : null);

/** Billing details of the buyer: the reseller for its end customers, a direct customer for itself. */
async function proposedBilling(
  session: Session,
  actor: Actor,
  recipient: Account | null,
): Promise<BillingDetails | null> {
  if (recipient && recipient.id === actor.accountId) return recipient.billing;
  const own = actor.accountId && (await findById(session, Account, actor.accountId));
  return own ? own.billing : null;
}

function showLine(line: BasketLine, frozenAt: Date | null, facts: Facts): ShownLine {
  const draft = toDraftLine(line);
  if (frozenAt === null) return { line, draft, ...priceLine(draft, facts, currentTime()) };
  const { unitMinor, addons } = line;
  return { line, draft, unitMinor, addons, totalMinor: dueNow(line, facts.targets, frozenAt) };
}

function confirmationErrors(basket: Basket, lines: readonly ShownLine[], tariff: Tariff): UserError[] {
  if (lines.length === 0) return [];
  if (basket.billingConfirmedAt === null) {
    return [simple('BILLING_NOT_CONFIRMED', 'Confirm the billing information and the prices.', ['billing'])];
  }
  return lines.flatMap(({ line, draft }, index) =>
    pricesHold({ ...draft, unitMinor: line.unitMinor, currency: line.currency, addons: line.addons }, tariff)
      ? []
      : [
          simple(
            'PRICE_CHANGED',
            'A price has changed since you confirmed it. Review it, and confirm again.',
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

/** Next step of the checkout: the first step with a problem. */
export function checkoutStep({ problems, recipient, basket }: BasketView): CheckoutStep {
  const codes = problems.map(problem => problem.code);
  // An unsuitable recipient that was chosen explicitly is corrected at the recipient step.
  const isRecipients = (code: string) =>
    RECIPIENT_CODES.has(code) ||
    (code === 'ACTIVE_SUBSCRIPTION_EXISTS' && recipient?.id === basket.recipientId);
  if (codes.some(code => !isRecipients(code) && !BILLING_CODES.has(code))) return CheckoutStep.BASKET;
  if (codes.some(isRecipients)) return CheckoutStep.RECIPIENT;
  return codes.length > 0 ? CheckoutStep.BILLING : CheckoutStep.COMPLETE;
}
