import type { CatalogSnapshot } from '../../catalog';
import type { Transaction } from '../../database';
import { type Addon, type BillingCycle, type Currency, type Product } from '../../entities';
import { invalid, notFound, Refusal } from '../../errors';
import { record } from '../../events';
import { authorize, ownRetailAccount } from '../../policies';
import { findResellerPrices } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from '../identity/lock';
import { isGiven } from '../input';
import { parseUnitPrice } from '../unit-price';
import { writeRetailPrice } from './write-retail-price';

/** Input of `setRetailPrice`. */
export interface SetRetailPriceInput {
  productId?: string | null;
  addonId?: string | null;
  billingCycle: BillingCycle;
  /** Price in the currency of the reseller's price list. Null removes it; omitted, it stays. */
  unitPrice?: string | null;
}

/** Item of a retail price. */
type RetailItem = { product: Product; addon: null } | { product: null; addon: Addon };

/** Sets or removes a retail price of the caller's own account. Orders keep theirs. Resolves to the item. */
export async function setRetailPrice(context: ActorContext, input: SetRetailPriceInput): Promise<RetailItem> {
  authorize(context.actor, 'setRetailPrice');
  return context.db.transaction(tx => changePrice(context, tx, input));
}

async function changePrice(
  { actor, catalog }: ActorContext,
  tx: Transaction,
  input: SetRetailPriceInput,
): Promise<RetailItem> {
  const { billingCycle, unitPrice } = input;
  // Locks the account, so that concurrent changes of its prices wait for each other.
  const resellerId = ownRetailAccount(await lockActor(tx, actor, 'setRetailPrice'));
  if (resellerId === null) throw new Error(`The reseller ${actor.userId} has no account`);
  const snapshot = await catalog.snapshotFor(tx);
  const found = findItem(snapshot, input);
  if (unitPrice === undefined) return found;
  const { id: itemId, name } = found.product ?? found.addon;
  const currency = await currencyOf(tx, snapshot, resellerId);
  const unitMinor = unitPrice === null ? null : parseUnitPrice(unitPrice, currency.code, currency);
  const key = { resellerId, itemId, billingCycle };
  const price = unitMinor === null ? null : { unitMinor, currency: currency.code, setById: actor.userId };
  if (!(await writeRetailPrice(tx, key, price))) return found;
  const outcome = price === null ? 'was removed' : 'was set';
  const message = `The retail price of ${name}, ${billingCycle}, ${outcome}.`;
  record(tx, {
    type: 'retail.changed',
    message,
    userId: actor.userId,
    accountId: resellerId,
    data: { itemId },
  });
  return found;
}

/** Finds the sold item of an input. Refuses unless the input names exactly one. */
function findItem(catalog: CatalogSnapshot, { productId, addonId }: SetRetailPriceInput): RetailItem {
  if (isGiven(productId) === isGiven(addonId)) {
    const path = [isGiven(productId) ? 'addonId' : 'productId'];
    throw new Refusal([invalid(path, 'Set either `productId` or `addonId`.')]);
  }
  if (isGiven(productId)) {
    const product = catalog.findProduct(productId);
    if (!product?.published) throw new Refusal([notFound('product', ['productId'])]);
    return { product, addon: null };
  }
  const addon = catalog.findAddon(addonId ?? '');
  if (!addon?.published) throw new Refusal([notFound('add-on', ['addonId'])]);
  return { product: null, addon };
}

/** Currency of the price list from which a reseller buys. */
async function currencyOf(tx: Transaction, catalog: CatalogSnapshot, resellerId: string): Promise<Currency> {
  const [reseller] = await findResellerPrices(tx, [resellerId]);
  return catalog.currency(catalog.priceList(reseller?.priceListId ?? null).currency);
}
