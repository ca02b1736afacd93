import { typeid } from 'typeid-js';
import { currentTime } from '../clock';
import type { Transaction } from '../database';
import type { ListedPrice } from '../entities';
import {
  deletePrice,
  findPrice,
  insertPastPrice,
  insertPrice,
  lastPriceVersion,
  type PriceKey,
  updatePrice,
} from '../store';

/** A price that is to be another. */
interface PriceChange extends PriceKey, Pick<ListedPrice, 'setById'> {
  /** In minor units of the list's currency; null takes it off the list. */
  unitMinor: number | null;
}

/**
 * The one way in which a price changes: the value before it is kept, with the time for which it was good. To be called
 * while the catalog is locked. Resolves to whether anything has changed.
 */
export async function writePrice(tx: Transaction, change: PriceChange): Promise<boolean> {
  const { unitMinor, priceListId, itemId, billingCycle, setById } = change;
  const before = await findPrice(tx, change);
  if ((before?.unitMinor ?? null) === unitMinor) return false;
  const now = currentTime();
  if (before) await insertPastPrice(tx, { ...before, id: typeid('ppr').toString(), validUntil: now });
  if (unitMinor === null) {
    await deletePrice(tx, change);
    return true;
  }
  const version = 1 + (before?.version ?? (await lastPriceVersion(tx, change)));
  const after = { unitMinor, version, validFrom: now, setById };
  if (before) await updatePrice(tx, change, after);
  else await insertPrice(tx, { priceListId, itemId, billingCycle, ...after });
  return true;
}
