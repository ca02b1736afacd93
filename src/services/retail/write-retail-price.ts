import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { RetailPrice } from '../../entities';
import {
  deleteRetailPrice,
  findRetailPrice,
  insertInto,
  type RetailKey,
  updateRetailPrice,
} from '../../store';

/** Writes or removes a retail price, under the lock of the reseller's account. Resolves to whether anything changed. */
export async function writeRetailPrice(
  tx: Transaction,
  key: RetailKey,
  price: Pick<RetailPrice, 'unitMinor' | 'currency' | 'setById'> | null,
): Promise<boolean> {
  const before = await findRetailPrice(tx, key);
  if (price === null) {
    if (before) await deleteRetailPrice(tx, key);
    return before !== null;
  }
  if (before?.unitMinor === price.unitMinor && before.currency === price.currency) return false;
  const after = { ...price, version: 1 + (before?.version ?? 0), validFrom: currentTime() };
  if (before) await updateRetailPrice(tx, key, after);
  else await insertInto(tx, RetailPrice, { ...key, ...after });
  return true;
}
