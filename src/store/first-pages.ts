import { columns, type EntityClass, placeholders, type Session } from '../database';
import type { Actor } from '../policies';
import { encodeKey } from './cursor';
import { findPage } from './find-page';
import { type Page, type PageRequest, pageFrom, pageWindow } from './page';
import { keyOf, type Order, orderBy } from './sort-order';
import type { Where } from './where';

/** List of rows that belong to an owner. */
export interface OwnedList<T extends { id: string }, Search> {
  entity: EntityClass<T>;
  /** Column with the id of the owner. */
  owner: keyof T & string;
  order: Order<T>;
  /** Condition of the rows that `actor` may see and that match `search`. */
  where(actor: Actor, search: Search): Where;
}

const namesOf = <T extends object>(entity: EntityClass<T>) => columns(entity, 't') as Record<string, string>;

/** Finds a page of the list of one owner. */
export function findOwnedPage<T extends { id: string }, Search>(
  session: Session,
  actor: Actor,
  { entity, owner, order, where }: OwnedList<T, Search>,
  ownerId: string,
  search: Search,
  page: PageRequest,
): Promise<Page<T>> {
  return findPage(
    session,
    entity,
    where(actor, search).is(namesOf(entity)[owner] ?? '', ownerId),
    order,
    page,
  );
}

/** Finds the first pages of the lists of many owners, by owner, in one statement. All counts cost another. */
export async function findFirstPages<T extends { id: string }, Search>(
  session: Session,
  actor: Actor,
  { entity, owner, order, where }: OwnedList<T, Search>,
  owners: readonly string[],
  search: Search,
  first: number | null,
): Promise<Map<string, Page<T>>> {
  const window = pageWindow({ name: order.name, parts: [] }, { first });
  const t = namesOf(entity);
  const owned = where(actor, search).and(`${t[owner]} IN ${placeholders(owners)}`, ...owners);
  const sorted = orderBy(entity, order);
  const rows = await session.many(
    entity,
    `WHERE ${t.id} IN (SELECT id FROM (
       SELECT ${t.id}, ROW_NUMBER() OVER (PARTITION BY ${t[owner]} ${sorted}) AS place
       FROM ${t.table} WHERE ${owned.sql}) ranked WHERE ranked.place <= ${window.size + 1}) ${sorted}`,
    owned.values,
  );
  let counts: Promise<Map<string, number>> | undefined;
  const count = async (ownerId: string) => {
    counts ??= countByOwner(session, entity, t[owner] ?? '', owned);
    return (await counts).get(ownerId) ?? 0;
  };
  const cursorOf = (row: T) =>
    encodeKey(
      order.name,
      keyOf(order).map(({ column }) => row[column as keyof T]),
    );
  const pageOf = (ownerId: string) =>
    pageFrom(
      rows.filter(row => row[owner] === ownerId),
      window,
      cursorOf,
      () => count(ownerId),
    );
  return new Map(owners.map(ownerId => [ownerId, pageOf(ownerId)]));
}

async function countByOwner<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  owner: string,
  where: Where,
): Promise<Map<string, number>> {
  const rows = await session.rows<{ owner: string; n: number }>(
    `SELECT ${owner} AS owner, COUNT(*) AS n FROM ${columns(entity, 't').table} WHERE ${where.sql} GROUP BY ${owner}`,
    where.values,
  );
  return new Map(rows.map(({ owner: id, n }) => [id, n]));
}
