import { typeid } from 'typeid-js';
import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { ListedPrice, PastPrice } from '../entities';
import { deletePrice, findPrice, insertInto, lastPriceVersion, type PriceKey, updatePrice } from '../store';

/** Change of a price. */
interface PriceChange extends PriceKey, Pick<ListedPrice, 'setById'> {
  /** Price in minor units of the list's currency. Null removes it from the list. */
  unitMinor: number | null;
}

/** Writes a price and its history, under the lock of the catalog. Resolves to whether anything changed. */
export async function writePrice(tx: Transaction, change: PriceChange): Promise<boolean> {
  const { unitMinor, priceListId, itemId, billingCycle, setById } = change;
  const before = await findPrice(tx, change);
  if ((before?.unitMinor ?? null) === unitMinor) return false;
  const now = currentTime();
  if (before) await insertInto(tx, PastPrice, { ...before, id: typeid('ppr').toString(), validUntil: now });
  if (unitMinor === null) {
    await deletePrice(tx, change);
    return true;
  }
  const version = 1 + (before?.version ?? (await lastPriceVersion(tx, change)));
  const after = { unitMinor, version, validFrom: now, setById };
  if (before) await updatePrice(tx, change, after);
  else await insertInto(tx, ListedPrice, { priceListId, itemId, billingCycle, ...after });
  return true;
}
