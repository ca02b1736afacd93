import { useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { useFeed } from '../live/feed-context';

/** Changes that come in one burst are read again once, and a stream of them once a second. */
const BURST_MS = 150;
const REST_MS = 1000;
/** What could not be read is tried again. */
const AGAIN_MS = 5000;

/**
 * A query that is read again whenever the stream tells of a change: what is on the screen is what is, also where
 * somebody else, or the provider, has changed it. `typenames` names what a list is of, so that mutations reach it while
 * it is empty.
 */
export function useLiveQuery<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  typenames: string,
) {
  const context = useMemo(() => ({ additionalTypenames: typenames.split(' ') }), [typenames]);
  const [result, readAgain] = useQuery<Data, AnyVariables>({ query, variables, context });
  const feed = useFeed();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let readAt = 0;
    const stop = feed.onChange(() => {
      const wait = Math.max(BURST_MS, readAt + REST_MS - Date.now());
      timer ??= setTimeout(() => {
        timer = undefined;
        readAt = Date.now();
        readAgain({ ...context, requestPolicy: 'network-only' });
      }, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [feed, readAgain, context]);
  useEffect(() => {
    if (!result.error) return;
    const timer = setTimeout(() => readAgain({ ...context, requestPolicy: 'network-only' }), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [result.error, readAgain, context]);
  // What was read before stays on the screen while the gateway cannot be asked; the header says that it may be old.
  const shown = useRef<{ data: Data; variables: Variables }>(undefined);
  if (result.data) shown.current = { data: result.data, variables };
  const same = shown.current && JSON.stringify(shown.current.variables) === JSON.stringify(variables);
  return { error: result.error, data: result.data ?? (same ? shown.current?.data : undefined) };
}
