import { list } from '../../database';
import { CloudSubscription } from '../../entities';
import { type KeyOrder, type Page, pageOf, pageSize, visibleRows } from '../../store';
import type { ActorContext } from '../context';
import type { Where } from './condition';
import { BY_NEWEST, type SubscriptionSearch, whereOf } from './subscriptions';

/** The first page of one account's subscriptions. */
export interface FirstPage {
  accountId: string;
  filter: SubscriptionSearch;
  first: number | null;
}

/** First pages only: nothing is sought in them, so the direction does not matter. Cursors are those of every other page. */
const FIRST: KeyOrder<CloudSubscription> = {
  name: BY_NEWEST.name,
  parts: ['string'],
  key: ({ id }) => [id],
};

type SubscriptionPage = Page<CloudSubscription>;

/** The first pages of many accounts, in one statement where they ask for the same: see `findSubscriptions`. */
export async function firstPages(
  context: ActorContext,
  pages: readonly FirstPage[],
): Promise<SubscriptionPage[]> {
  const groups = new Map<string, FirstPage[]>();
  for (const page of pages) {
    const asked = JSON.stringify([page.filter, page.first]);
    groups.set(asked, [...(groups.get(asked) ?? []), page]);
  }
  const found = new Map<FirstPage, SubscriptionPage>();
  for (const group of groups.values()) {
    for (const [page, answer] of await readGroup(context, group)) found.set(page, answer);
  }
  return pages.map(page => found.get(page) as SubscriptionPage);
}

async function readGroup(
  context: ActorContext,
  group: readonly FirstPage[],
): Promise<[FirstPage, SubscriptionPage][]> {
  const [{ filter, first } = { filter: {}, first: null }] = group;
  const ids = group.map(({ accountId }) => accountId);
  const where = whereOf(visibleRows(context.actor, CloudSubscription), filter).and(
    `t.accountId IN ${list(ids)}`,
    ...ids,
  );
  const rows = await context.db.many(
    CloudSubscription,
    `WHERE t.id IN (SELECT id FROM (
       SELECT t.id, ROW_NUMBER() OVER (PARTITION BY t.accountId ORDER BY t.id DESC) AS place
       FROM subscriptions t WHERE ${where.sql}) ranked WHERE ranked.place <= ${pageSize(first) + 1})
     ORDER BY t.id DESC`,
    where.values,
  );
  let counts: Promise<Map<string, number>> | undefined;
  return group.map(page => {
    const own = rows.filter(({ accountId }) => accountId === page.accountId);
    const count = async () => {
      counts ??= countByAccount(context, where);
      return (await counts).get(page.accountId) ?? 0;
    };
    return [page, { ...pageOf(own, FIRST, { first }), count }];
  });
}

async function countByAccount({ db }: ActorContext, where: Where): Promise<Map<string, number>> {
  const rows = await db.rows<{ accountId: string; n: number }>(
    `SELECT t.accountId, COUNT(*) AS n FROM subscriptions t WHERE ${where.sql} GROUP BY t.accountId`,
    where.values,
  );
  return new Map(rows.map(({ accountId, n }) => [accountId, n]));
}
