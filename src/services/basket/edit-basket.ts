import { Account, type Basket, type BasketLine, type BillingCycle } from '../../entities';
import { notFound, Refusal } from '../../errors';
import { recipientError } from '../../policies';
import { deleteBasketLine, deleteBasketLines, findVisible } from '../../store';
import type { ActorContext } from '../context';
import { parseInput } from '../input';
import type { AddonQuantity, DraftLine } from '../ordering/draft';
import { lineChange, refuseInvalidLine, setLine } from './add-to-basket';
import { toDraftLine } from './basket-view';
import { changeBasket, findLine } from './change-basket';
import { refuseFixedValues } from './fixed-values';

/** Change of a line. Omitted fields keep their values, a null name is cleared, `addons` replaces all add-ons. */
export interface LineChange {
  lineId: string;
  quantity?: number | null;
  friendlyName?: string | null;
  billingCycle?: BillingCycle | null;
  addons?: readonly AddonQuantity[] | null;
  expectedVersion?: number | null;
}

/** Changes a line, by the same rules as adding it. */
export function updateBasketLine(context: ActorContext, input: LineChange): Promise<Basket> {
  return changeBasket(context, 'updateBasketLine', input.expectedVersion, async change => {
    const before = findLine(change.lines, input.lineId);
    const line = changed(before, input);
    await refuseInvalidLine(context, change, line, before);
    await setLine(change, before.id, line);
    return undefined;
  });
}

function changed(before: BasketLine, input: LineChange): DraftLine {
  const { friendlyName } = parseInput(lineChange, input);
  const line = toDraftLine(before);
  const addons = input.addons?.map(({ addonId, quantity }) => ({ addonId, quantity })) ?? line.addons;
  if (line.subscriptionId !== null) {
    refuseFixedValues(input, line, []);
    return { ...line, addons };
  }
  return {
    ...line,
    addons,
    quantity: input.quantity ?? line.quantity,
    billingCycle: input.billingCycle ?? line.billingCycle,
    friendlyName: input.friendlyName === undefined ? line.friendlyName : friendlyName,
  };
}

/** Removes a line. */
export function removeBasketLine(
  context: ActorContext,
  input: { lineId: string; expectedVersion?: number | null },
): Promise<Basket> {
  return changeBasket(context, 'removeBasketLine', input.expectedVersion, async ({ tx, lines }) => {
    const line = findLine(lines, input.lineId);
    await deleteBasketLine(tx, line.id);
    return undefined;
  });
}

/** Removes all lines and the recipient. */
export function emptyBasket(
  context: ActorContext,
  input: { expectedVersion?: number | null },
): Promise<Basket> {
  return changeBasket(context, 'emptyBasket', input.expectedVersion, async ({ tx, basket }) => {
    await deleteBasketLines(tx, basket.id);
    return { recipientId: null };
  });
}

/** Sets the recipient: an end customer or affiliate of the reseller, or a direct customer's own account. */
export function chooseRecipient(
  context: ActorContext,
  input: { accountId: string; expectedVersion?: number | null },
): Promise<Basket> {
  return changeBasket(context, 'chooseRecipient', input.expectedVersion, async ({ tx }) => {
    const account = await findVisible(tx, context.actor, Account, input.accountId);
    if (!account) throw new Refusal([notFound('account', ['accountId'])]);
    const refused = recipientError(context.actor, account);
    if (refused) throw new Refusal([Object.assign(refused, { path: ['accountId'] })]);
    return { recipientId: account.id };
  });
}
