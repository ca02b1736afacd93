import { z } from 'zod';
import { currentTime } from '../../clock';
import { Account, type Basket, type BillingDetails } from '../../entities';
import { Refusal, simple } from '../../errors';
import { findVisible } from '../../store';
import type { ActorContext } from '../context';
import { billingDetails, optional, parseInput } from '../input';
import { setLine } from './add-to-basket';
import { toDraftLine, viewBasket } from './basket-view';
import { type BasketChange, changeBasket } from './change-basket';

const confirmation = z.object({ billing: optional(billingDetails) });

/** Problems that confirming cannot wait for: they are about what is confirmed. */
const BLOCKING_CODES = new Set(['BASKET_EMPTY', 'RECIPIENT_REQUIRED']);

/** Confirms billing and today's prices, which hold until checkout or until lines or recipient change. */
export function confirmBilling(
  context: ActorContext,
  input: { billing?: BillingDetails | null; expectedVersion?: number | null },
): Promise<Basket> {
  return changeBasket(context, 'confirmBilling', input.expectedVersion, async change => {
    const { billing } = parseInput(confirmation, input);
    const view = await viewBasket(change.tx, context.actor, change.basket, change.catalog);
    const missing = view.problems.filter(problem => BLOCKING_CODES.has(problem.code));
    if (missing.length > 0) throw new Refusal(missing);
    await freezePrices(change);
    return {
      confirmedBilling: billing ?? (await ownBilling(context, change)),
      billingConfirmedAt: currentTime(),
    };
  });
}

async function freezePrices(change: BasketChange): Promise<void> {
  for (const line of change.lines) await setLine(change, line.id, toDraftLine(line));
}

async function ownBilling(context: ActorContext, { tx }: BasketChange): Promise<BillingDetails> {
  const own = await findVisible(tx, context.actor, Account, context.actor.accountId ?? '');
  if (own) return own.billing;
  throw new Refusal([
    simple('INVALID_INPUT', 'The billing information is missing. Set `billing`.', ['billing']),
  ]);
}
