import type { ActorContext } from '../services/context';
import { findFirstPages, findOwnedPage, type OwnedList, type Page, type PageRequest } from '../store';
import { batchPerContext } from './per-context';

/** Request for the first page of the list of one owner. */
interface FirstPage<Search> {
  ownerId: string;
  search: Search;
  first: number | null;
}

/** Finds pages of a list by owner. The first pages of many owners with the same filter cost one statement. */
export function ownedPages<T extends { id: string }, Search>(list: OwnedList<T, Search>) {
  const sameFilter = ({ search, first }: FirstPage<Search>) => JSON.stringify([search, first]);
  const firstPage = batchPerContext(
    async ({ db, actor }, requests: readonly FirstPage<Search>[]) => {
      const pages = new Map<string, Map<string, Page<T>>>();
      for (const request of requests) {
        const filter = sameFilter(request);
        if (pages.has(filter)) continue;
        const owners = requests.filter(other => sameFilter(other) === filter).map(({ ownerId }) => ownerId);
        pages.set(filter, await findFirstPages(db, actor, list, owners, request.search, request.first));
      }
      return requests.map(request => pages.get(sameFilter(request))?.get(request.ownerId) as Page<T>);
    },
    request => JSON.stringify(request),
  );
  return (context: ActorContext, ownerId: string, search: Search, page: PageRequest): Promise<Page<T>> => {
    const { first = null, after, last, before } = page;
    const isFirst = [after, last, before].every(value => value === undefined || value === null);
    return isFirst
      ? firstPage(context, { ownerId, search, first })
      : findOwnedPage(context.db, context.actor, list, ownerId, search, page);
  };
}
