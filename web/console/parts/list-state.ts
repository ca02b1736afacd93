import { useSearchParams } from 'wouter';

/**
 * State of a list, in the query string of the address: search, filters and order. So a reload, a link and the Back button show
 * the same list.
 */
export function useListState() {
  const [params, setParams] = useSearchParams();
  return {
    /** Value of a filter. Empty by default. */
    read: (name: string) => params.get(name) ?? '',
    /** Sets a filter. With `replace`, without an entry of its own in the history. */
    filter: (name: string, value: string | null, replace = false) =>
      setParams(
        now => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace },
      ),
    /** The whole query string. */
    query: params.toString(),
    /** Sets the whole query string. */
    open: (query: string) => setParams(new URLSearchParams(query)),
  };
}

/** State of a list. */
export type ListState = ReturnType<typeof useListState>;
