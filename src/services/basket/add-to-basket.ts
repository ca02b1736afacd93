import { typeid } from 'typeid-js';
import { z } from 'zod';
import type { CatalogSnapshot, Tariff } from '../../catalog';
import type { Session } from '../../database';
import { type Basket, BasketLine, BillingCycle, CloudSubscription } from '../../entities';
import { invalid, notFound, Refusal, refuseIf } from '../../errors';
import { findVisible, insertInto, updateById } from '../../store';
import type { ActorContext } from '../context';
import { friendlyName, isGiven, optional, optionalKey, parseInput, patchField } from '../input';
import type { AddonQuantity, DraftLine } from '../ordering/draft';
import { duplicateService, findDuplicateServices } from '../ordering/draft-rules';
import { readFacts } from '../ordering/facts';
import { lineErrors } from '../ordering/line-rules';
import { unitPrices } from '../ordering/prices';
import { toDraftLine } from './basket-view';
import { type BasketChange, type ChangeLines, changeBasket, changeBasketOnce } from './change-basket';
import { refuseFixedValues } from './fixed-values';

/** Input of a line: a product, or a subscription for which add-ons are bought. */
export interface LineInput {
  productId?: string | null;
  subscriptionId?: string | null;
  billingCycle?: BillingCycle | null;
  quantity: number;
  friendlyName?: string | null;
  addons?: readonly AddonQuantity[] | null;
}

const MAX_LINES = 50;
const MAX_ADDONS = 50;

const lineAddons = z
  .array(z.unknown())
  .max(MAX_ADDONS, { error: `A line can have at most ${MAX_ADDONS} add-ons` });

/** Fields of a line that are checked without the catalog. */
const lineInput = z.object({ friendlyName: optional(friendlyName), addons: optional(lineAddons) });

/** Fields of a changed line. Null clears the name; other fields cannot be null. */
export const lineChange = z.object({
  friendlyName: optional(friendlyName),
  quantity: patchField(z.number()),
  billingCycle: patchField(z.enum(BillingCycle)),
  addons: patchField(lineAddons),
});

/** Adds a line, or adds the add-ons to an existing line of the same subscription. Runs once per idempotency key. */
export function addToBasket(
  context: ActorContext,
  input: LineInput & { expectedVersion?: number | null; idempotencyKey?: string | null },
): Promise<Basket> {
  const { idempotencyKey: key } = parseInput(optionalKey, input);
  const change = addLine(context, input);
  return key === null
    ? changeBasket(context, 'addToBasket', input.expectedVersion, change)
    : changeBasketOnce(context, 'addToBasket', key, input, change);
}

function addLine(context: ActorContext, input: LineInput): ChangeLines {
  return async change => {
    const { tx: session, catalog, tariff } = change;
    const draft = await draftLine(context, { session, catalog, tariff }, input);
    const same =
      draft.subscriptionId && change.lines.find(line => line.subscriptionId === draft.subscriptionId);
    await refuseInvalidLine(context, change, draft, same || undefined);
    const line = same ? { ...draft, addons: mergeAddons(same.addons, draft.addons) } : draft;
    if (same) await refuseInvalidLine(context, change, line, same);
    if (same) await setLine(change, same.id, line);
    else await insertLine(change, line);
    return undefined;
  };
}

/** Builds a line from `input` with defaults. Refuses input that cannot be a line. */
export async function draftLine(
  context: ActorContext,
  { session, catalog, tariff }: { session: Session; catalog: CatalogSnapshot; tariff: Tariff },
  input: LineInput,
  at: readonly string[] = [],
): Promise<DraftLine> {
  const { friendlyName: name } = parseInput(lineInput, input, at);
  const addons = (input.addons ?? []).map(({ addonId, quantity }) => ({ addonId, quantity }));
  if (isGiven(input.productId) === isGiven(input.subscriptionId)) {
    throw new Refusal([invalid([...at, 'productId'], 'Set either `productId` or `subscriptionId`.')]);
  }
  if (isGiven(input.subscriptionId)) {
    const subscription = await findVisible(session, context.actor, CloudSubscription, input.subscriptionId);
    if (!subscription) throw new Refusal([notFound('subscription', [...at, 'subscriptionId'])]);
    refuseFixedValues({ ...input, quantity: explicitQuantity(input.quantity) }, subscription, at);
    const { id, productId, billingCycle } = subscription;
    return { productId, subscriptionId: id, billingCycle, quantity: 0, friendlyName: null, addons };
  }
  const productId = input.productId ?? '';
  const product = catalog.findProduct(productId);
  if (!product?.published) throw new Refusal([notFound('product', [...at, 'productId'])]);
  const [firstCycle = BillingCycle.MONTHLY] = tariff.pricesOf(productId).keys();
  const billingCycle = input.billingCycle ?? firstCycle;
  return {
    productId,
    subscriptionId: null,
    billingCycle,
    quantity: input.quantity,
    friendlyName: name,
    addons,
  };
}

/** Number of licenses, or null for 1, which is also the schema's default for an omitted value. */
const explicitQuantity = (quantity: number) => (quantity === 1 ? null : quantity);

/** Refuses a line that cannot be checked out with the others. `except` is the line that it replaces. */
export async function refuseInvalidLine(
  context: ActorContext,
  { tx, lines, catalog, tariff }: BasketChange,
  line: DraftLine,
  except?: BasketLine,
): Promise<void> {
  const draft = { actor: context.actor, recipient: null, lines: [line] };
  refuseIf(lineErrors(line, await readFacts(tx, draft, catalog, tariff), []));
  const others = lines.filter(other => other !== except);
  if (others.length >= MAX_LINES) {
    throw new Refusal([invalid(['productId'], `A basket can have at most ${MAX_LINES} lines.`)]);
  }
  const duplicates = findDuplicateServices([...others.map(toDraftLine), line], catalog);
  // An import can have made the service of two other lines exclusive: that is not this line's fault.
  const duplicate = duplicates.find(({ index }) => index === others.length);
  if (duplicate) throw new Refusal([duplicateService(duplicate.service, ['productId'])]);
}

/** Replaces the values of a line, at current prices. */
export async function setLine({ tx, tariff }: BasketChange, id: string, line: DraftLine): Promise<void> {
  const { unitMinor, addons } = unitPrices(line, tariff);
  const { billingCycle, quantity, friendlyName: name } = line;
  const { currency } = tariff;
  await updateById(tx, BasketLine, id, {
    billingCycle,
    quantity,
    friendlyName: name,
    addons,
    unitMinor,
    currency,
  });
}

async function insertLine({ tx, basket, lines, tariff }: BasketChange, line: DraftLine): Promise<void> {
  const { unitMinor, addons } = unitPrices(line, tariff);
  const position = 1 + Math.max(0, ...lines.map(other => other.position));
  const id = typeid('line').toString();
  const { currency } = tariff;
  await insertInto(tx, BasketLine, {
    ...line,
    id,
    basketId: basket.id,
    position,
    addons,
    unitMinor,
    currency,
  });
}

/** Merges quantities of add-ons. `more` comes first, so that positions in errors match the input. */
function mergeAddons(there: readonly AddonQuantity[], more: readonly AddonQuantity[]): AddonQuantity[] {
  const held = new Map(there.map(({ addonId, quantity }) => [addonId, quantity]));
  return [
    ...more.map(({ addonId, quantity }) => ({ addonId, quantity: quantity + (held.get(addonId) ?? 0) })),
    ...there.filter(({ addonId }) => more.every(addon => addon.addonId !== addonId)),
  ];
}
