import { z } from 'zod';
import { ensureCurrency, writePrice } from '../../../catalog';
import type { Transaction } from '../../../database';
import { Addon, type BillingCycle, Money, PriceList, Product } from '../../../entities';
import { checkVersion, invalid, notFound, Refusal } from '../../../errors';
import { findById, findPrice, insertInto } from '../../../store';
import type { ActorContext } from '../../context';
import { isGiven, parseInput } from '../../input';
import { parseUnitPrice } from '../../unit-price';
import { code } from './catalog-input';
import { addToCatalog, editCatalog, type KeyedInput } from './edit-catalog';
import { refuseTaken } from './items';

/** Input of `setPrice`. */
export interface SetPriceInput {
  priceListId: string;
  itemId: string;
  billingCycle: BillingCycle;
  /** Price in units of the list's currency. Null removes it from the list. */
  unitPrice?: string | null;
  expectedVersion?: number | null;
}

const listInput = z.object({
  code,
  currency: z.string(),
});

/** Creates a price list. Items without a price on it have their public price, if the currency is the same. */
export function createPriceList(
  context: ActorContext,
  input: KeyedInput & { code: string; currency: string },
): Promise<string> {
  return addToCatalog(context, 'createPriceList', 'pl', input, async (tx, id) => {
    const row = parseInput(listInput, input);
    await refuseTaken(tx, PriceList, 'code', row.code);
    if (!(await ensureCurrency(tx, row.currency))) {
      throw new Refusal([invalid(['currency'], 'The currency must be an ISO 4217 code, like EUR.')]);
    }
    await insertInto(tx, PriceList, { ...row, id, isDefault: false });
    return `The price list ${row.code} was made.`;
  });
}

/** Sets the unit price of an item. Orders keep theirs; baskets are confirmed again. Resolves to its id. */
export function setPrice(context: ActorContext, input: SetPriceInput): Promise<string> {
  return editCatalog(context, 'setPrice', async tx => {
    const { priceListId, itemId, billingCycle, unitPrice, expectedVersion } = input;
    if (unitPrice === undefined) {
      throw new Refusal([
        invalid(
          ['unitPrice'],
          'The price is missing. Set it, or set null to remove the price from the list.',
        ),
      ]);
    }
    const list = await findById(tx, PriceList, priceListId);
    if (!list) throw new Refusal([notFound('price list', ['priceListId'])]);
    const name = await findItemName(tx, itemId);
    const currency = await ensureCurrency(tx, list.currency);
    const unitMinor = unitPrice === null ? null : parseUnitPrice(unitPrice, list.currency, currency);
    const current = await findPrice(tx, { priceListId, itemId, billingCycle });
    checkVersion(expectedVersion, current?.version ?? 0);
    const change = { priceListId, itemId, billingCycle, unitMinor, setById: context.actor.userId };
    const changed = await writePrice(tx, change);
    const shown = (minor: number | null | undefined) =>
      isGiven(minor) && currency ? Money.text(minor, currency) : 'not sold';
    const prices = `${shown(unitMinor)}, formerly ${shown(current?.unitMinor)}`;
    const message = `${name}, ${billingCycle} on the list ${list.code}: ${prices}.`;
    return { result: itemId, message: changed ? message : null, about: [itemId, priceListId] };
  });
}

async function findItemName(tx: Transaction, itemId: string): Promise<string> {
  const item = (await findById(tx, Product, itemId)) ?? (await findById(tx, Addon, itemId));
  if (!item) throw new Refusal([notFound('product or add-on', ['itemId'])]);
  return item.name;
}
