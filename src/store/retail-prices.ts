import { columns, padded, placeholders, type Session, type Transaction } from '../database';
import { Account, RetailPrice } from '../entities';

const a = columns(Account, 'a');
const r = columns(RetailPrice, 'r');

/** Key of a retail price: reseller, item and billing cycle. */
export type RetailKey = Pick<RetailPrice, 'resellerId' | 'itemId' | 'billingCycle'>;

/** Retail prices of a reseller, with the price list from which it buys. */
export interface ResellerPrices {
  /** Null for the public list. */
  priceListId: string | null;
  prices: readonly Pick<RetailPrice, 'itemId' | 'billingCycle' | 'currency' | 'unitMinor'>[];
}

type Row = Omit<ResellerPrices, 'prices'> & { id: string } & (
    | ResellerPrices['prices'][number]
    | { itemId: null }
  );

/** Finds the retail prices of resellers, in one statement. */
export async function findResellerPrices(
  session: Session,
  resellerIds: readonly string[],
): Promise<ResellerPrices[]> {
  const keys = padded(resellerIds);
  const rows = await session.rows<Row>(
    `SELECT ${a.id} AS id, ${a.priceListId} AS priceListId, ${r.itemId} AS itemId,
       ${r.billingCycle} AS billingCycle, ${r.currency} AS currency, ${r.unitMinor} AS unitMinor
     FROM ${a.table} LEFT JOIN ${r.table} ON ${r.resellerId} = ${a.id}
     WHERE ${a.id} IN ${placeholders(keys)}`,
    keys,
  );
  return resellerIds.map(resellerId => {
    const own = rows.filter(({ id }) => id === resellerId);
    const prices = own.flatMap(row => (row.itemId === null ? [] : [row]));
    return { priceListId: own[0]?.priceListId ?? null, prices };
  });
}

const keyOf = ({ resellerId, itemId, billingCycle }: RetailKey): RetailKey => ({
  resellerId,
  itemId,
  billingCycle,
});

/** Finds a retail price. */
export const findRetailPrice = ({ manager }: Session, key: RetailKey) =>
  manager.findOneBy(RetailPrice, keyOf(key));

/** Updates a retail price. */
export const updateRetailPrice = (
  { manager }: Transaction,
  key: RetailKey,
  patch: Omit<RetailPrice, keyof RetailKey>,
) => manager.update(RetailPrice, keyOf(key), patch);

/** Deletes a retail price. */
export const deleteRetailPrice = ({ manager }: Transaction, key: RetailKey) =>
  manager.delete(RetailPrice, keyOf(key));
