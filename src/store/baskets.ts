import { columns, type Session, type Transaction } from '../database';
import { Account, Basket, BasketLine, CatalogVersion } from '../entities';
import type { Actor } from '../policies';
import { accountVisibility } from './visibility';

const LOCK = { mode: 'pessimistic_write' } as const;

/** Finds the open basket of a user. */
export const findOpenBasket = ({ manager }: Session, openUserId: string) =>
  manager.findOneBy(Basket, { openUserId });

/** Finds a basket by id if it is the open basket of the user. */
export const findOwnBasket = ({ manager }: Session, id: string, openUserId: string) =>
  manager.findOneBy(Basket, { id, openUserId });

/** Locks the open basket of a user. Second in the lock order, after the account. */
export const lockOpenBasket = ({ manager }: Transaction, openUserId: string) =>
  manager.findOne(Basket, { where: { openUserId }, lock: LOCK });

/** Finds the lines of a basket, in order. */
export const findBasketLines = ({ manager }: Session, basketId: string) =>
  manager.find(BasketLine, { where: { basketId }, order: { position: 'ASC' } });

/** Deletes a line. */
export const deleteBasketLine = ({ manager }: Transaction, id: string) => manager.delete(BasketLine, { id });

/** Deletes all lines of a basket. */
export const deleteBasketLines = ({ manager }: Transaction, basketId: string) =>
  manager.delete(BasketLine, { basketId });

// Hand-written SQL: two entities in one row, and a fixed order of locks.
const a = columns(Account, 't');
const b = columns(Basket, 'basket');
const v = columns(CatalogVersion, 'version');
const l = columns(BasketLine, 'line');

/** Finds a basket of the caller with its lines, its recipient or the account `ownRecipientId`, and the catalog's version. */
export async function findBasketToCheckOut(
  session: Session,
  actor: Actor,
  id: string,
  ownRecipientId: string | null,
) {
  const visible = accountVisibility(actor);
  const rows = await session.joinedRows(
    { basket: Basket, t: Account, version: CatalogVersion, line: BasketLine },
    `FROM ${b.table} JOIN ${v.table} ON ${v.id} = 1
     LEFT JOIN ${a.table} ON ${a.id} = COALESCE(${b.recipientId}, ?) AND ${visible.sql}
     LEFT JOIN ${l.table} ON ${l.basketId} = ${b.id}
     WHERE ${b.id} = ? AND ${b.userId} = ? ORDER BY ${l.position}`,
    [ownRecipientId, ...visible.values, id, actor.userId],
  );
  const [found] = rows;
  if (!found?.basket) return undefined;
  const lines = rows.flatMap(({ line }) => line ?? []);
  return { basket: found.basket, lines, recipient: found.t, version: found.version?.version };
}

/** Locks the recipient and then the basket, if the basket still has this version. */
export async function lockBasketToCheckOut(
  tx: Transaction,
  actor: Actor,
  recipientId: string,
  { id, version }: Pick<Basket, 'id' | 'version'>,
) {
  const visible = accountVisibility(actor);
  const now = await tx.joined(
    { t: Account, basket: Basket },
    `FROM ${a.table} STRAIGHT_JOIN ${b.table}
     WHERE ${a.id} = ? AND ${visible.sql} AND ${b.id} = ? AND ${b.version} = ? FOR UPDATE`,
    [recipientId, ...visible.values, id, version],
  );
  return now?.basket ? { basket: now.basket, recipient: now.t } : undefined;
}
