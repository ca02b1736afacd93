import { useSearchParams } from 'wouter';

/** Maximum number of items on a page. */
const PAGE_SIZE = 20;

/**
 * State of a list, in the query string of the address: filters, search and cursors. So a reload, a link and the Back button
 * show the same list.
 */
export function useListState() {
  const [params, setParams] = useSearchParams();
  const [after, before] = [params.get('after'), params.get('before')];
  const change = (changes: Record<string, string | null>, replace = false) =>
    setParams(
      now => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace },
    );
  const moveTo = (cursor: Record<string, string | null>) => change({ after: null, before: null, ...cursor });
  return {
    /** Variables of the page. Their size is fixed, so that every list stays within the cost limit. */
    page: before ? { backward: PAGE_SIZE, before } : { forward: PAGE_SIZE, after },
    /** Value of a filter. Empty by default. */
    read: (name: string) => params.get(name) ?? '',
    /** Sets a filter and returns to the first page. With `replace`, without an entry of its own in the history. */
    filter: (name: string, value: string | null, replace = false) =>
      change({ after: null, before: null, [name]: value }, replace),
    next: (endCursor: string | null) => moveTo({ after: endCursor }),
    previous: (startCursor: string | null) => moveTo({ before: startCursor }),
  };
}

/** State of a list. */
export type ListState = ReturnType<typeof useListState>;
