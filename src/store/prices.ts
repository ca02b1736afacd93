import { In } from 'typeorm';
import { columns, type Patch, type Session, type Transaction } from '../database';
import { ListedPrice, PastPrice, PriceList } from '../entities';
import { findPage } from './find-page';
import type { Page, PageRequest } from './page';
import { type Order } from './sort-order';
import { Where } from './where';

const past = columns(PastPrice, 't');

/** Key of a price: item, price list and billing cycle. */
export type PriceKey = Pick<ListedPrice, 'priceListId' | 'itemId' | 'billingCycle'>;

/** Picks the key of a price. */
const keyOf = ({ priceListId, itemId, billingCycle }: PriceKey): PriceKey => ({
  priceListId,
  itemId,
  billingCycle,
});

/** Finds the public price list. */
export const findPublicPriceList = ({ manager }: Session) =>
  manager.findOneBy(PriceList, { isDefault: true });

/** Finds a price. */
export const findPrice = ({ manager }: Session, key: PriceKey) => manager.findOneBy(ListedPrice, keyOf(key));

/** Finds the prices of items on a list. */
export const findPrices = ({ manager }: Session, priceListId: string, itemIds: readonly string[]) =>
  manager.find(ListedPrice, { where: { priceListId, itemId: In([...itemIds]) } });

/** Whether an item has a price on a list. */
export const hasPrice = async ({ manager }: Session, priceListId: string, itemId: string): Promise<boolean> =>
  (await manager.countBy(ListedPrice, { itemId, priceListId })) > 0;

/** Updates a price. */
export const updatePrice = ({ manager }: Transaction, key: PriceKey, patch: Patch<ListedPrice>) =>
  manager.update(ListedPrice, keyOf(key), patch);

/** Deletes a price. */
export const deletePrice = ({ manager }: Transaction, key: PriceKey) =>
  manager.delete(ListedPrice, keyOf(key));

/** Finds the version of the latest former price. 0 for an item that never had a price on the list. */
export async function lastPriceVersion(
  session: Session,
  { priceListId, itemId, billingCycle }: PriceKey,
): Promise<number> {
  const [row] = await session.rows<{ last: number }>(
    `SELECT COALESCE(MAX(${past.version}), 0) AS last FROM ${past.table}
     WHERE ${past.priceListId} = ? AND ${past.itemId} = ? AND ${past.billingCycle} = ?`,
    [priceListId, itemId, billingCycle],
  );
  return row?.last ?? 0;
}

const LATEST: Order<PastPrice> = { name: 'past-prices', direction: 'DESC', column: 'id' };

/** Finds a page of former prices, latest first. */
export function findPastPricesPage(
  session: Session,
  { priceListId, itemId, billingCycle }: PriceKey,
  page: PageRequest,
): Promise<Page<PastPrice>> {
  const where = new Where()
    .is(past.priceListId, priceListId)
    .is(past.itemId, itemId)
    .is(past.billingCycle, billingCycle);
  return findPage(session, PastPrice, where, LATEST, page);
}
