import { typeid } from 'typeid-js';
import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { ListedPrice, PastPrice } from '../entities';

/** A price that is to be another. */
interface PriceChange extends Pick<ListedPrice, 'priceListId' | 'itemId' | 'billingCycle' | 'setById'> {
  /** In minor units of the list's currency; null takes it off the list. */
  unitMinor: number | null;
}

const KEY = 't.priceListId = ? AND t.itemId = ? AND t.billingCycle = ?';

/**
 * The one way in which a price changes: the value before it is kept, with the time for which it was good. To be called
 * while the catalog is locked. Resolves to whether anything has changed.
 */
export async function writePrice(tx: Transaction, change: PriceChange): Promise<boolean> {
  const { unitMinor, priceListId, itemId, billingCycle, setById } = change;
  const key = [priceListId, itemId, billingCycle];
  const before = await tx.one(ListedPrice, `WHERE ${KEY}`, key);
  if ((before?.unitMinor ?? null) === unitMinor) return false;
  const now = currentTime();
  if (before) {
    await tx.insert(PastPrice, [{ ...before, id: typeid('ppr').toString(), validUntil: now }]);
  }
  if (unitMinor === null) {
    await tx.execute('DELETE FROM prices WHERE priceListId = ? AND itemId = ? AND billingCycle = ?', key);
    return true;
  }
  const version = 1 + (before?.version ?? (await lastVersion(tx, key)));
  const after = { unitMinor, version, validFrom: now, setById };
  if (before) await tx.update(ListedPrice, after, KEY, key);
  else await tx.insert(ListedPrice, [{ priceListId, itemId, billingCycle, ...after }]);
  return true;
}

/** Of a price that was taken off the list: its versions go on where they ended. 0 for one that never was. */
async function lastVersion(tx: Transaction, key: string[]): Promise<number> {
  const [row] = await tx.rows<{ last: number }>(
    `SELECT COALESCE(MAX(t.version), 0) AS last FROM past_prices t WHERE ${KEY}`,
    key,
  );
  return row?.last ?? 0;
}
