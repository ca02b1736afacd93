import type { CloudSubscription } from '../../entities';
import {
  BY_NEWEST,
  findFirstPages,
  type KeyOrder,
  type Page,
  pageOf,
  type SubscriptionSearch,
} from '../../store';
import type { ActorContext } from '../context';

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
  const { rows, count: countAll } = await findFirstPages(context.db, context.actor, ids, filter, first);
  let counts: Promise<Map<string, number>> | undefined;
  return group.map(page => {
    const own = rows.filter(({ accountId }) => accountId === page.accountId);
    const count = async () => {
      counts ??= countAll();
      return (await counts).get(page.accountId) ?? 0;
    };
    return [page, { ...pageOf(own, FIRST, { first }), count }];
  });
}
