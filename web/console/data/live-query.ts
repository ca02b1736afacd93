import { useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { useFeed } from '../live/feed-context';

/** Delays before a query runs again: once for a burst of changes, and once a second for a steady stream. */
const BURST_MS = 150;
const REST_MS = 1000;
/** Delay before a failed query runs again. */
const AGAIN_MS = 5000;

/**
 * Runs a query again whenever the stream reports a change. `typenames` names the types of the list, so that mutations
 * refetch it while it is empty. `everyMs` is for records that the stream does not report: the time between two reads.
 */
export function useLiveQuery<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  typenames: string,
  everyMs?: number,
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
    if (!everyMs) return;
    const timer = setInterval(
      () => document.hidden || readAgain({ ...context, requestPolicy: 'network-only' }),
      everyMs,
    );
    return () => clearInterval(timer);
  }, [everyMs, readAgain, context]);
  useEffect(() => {
    if (!result.error) return;
    const timer = setTimeout(() => readAgain({ ...context, requestPolicy: 'network-only' }), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [result.error, readAgain, context]);
  // The last result stays visible while the gateway is unreachable. The header marks it as possibly stale.
  const shown = useRef<{ data: Data; variables: Variables }>(undefined);
  if (result.data) shown.current = { data: result.data, variables };
  const same = shown.current && JSON.stringify(shown.current.variables) === JSON.stringify(variables);
  return { error: result.error, data: result.data ?? (same ? shown.current?.data : undefined) };
}
