import { useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { useFeed, useFeedBegun } from '../live/feed-context';

/** Delays before a query runs again: once for a burst of changes, and once a second for a steady stream. */
const BURST_MS = 150;
const REST_MS = 1000;
/** Rest after a slow query, as a multiple of its duration, so that the gateway is not flooded. */
const REST = 4;
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
  const pause = !useFeedBegun();
  const [result, readAgain] = useQuery<Data, AnyVariables>({ query, variables, context, pause });
  const times = useRef({ readAt: 0, rest: REST_MS });
  const feed = useFeed();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = feed.onChange(() => {
      const { readAt, rest } = times.current;
      timer ??= setTimeout(
        () => {
          timer = undefined;
          times.current = { readAt: Date.now(), rest: REST_MS };
          readAgain({ ...context, requestPolicy: 'network-only' });
        },
        Math.max(BURST_MS, readAt + rest - Date.now()),
      );
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [feed, readAgain, context]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each result has its duration
  useEffect(() => {
    const { readAt } = times.current;
    const duration = Date.now() - readAt;
    if (readAt > 0) times.current = { readAt, rest: Math.max(REST_MS, REST * duration) };
  }, [result.data]);
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
  // urql keeps the result of the variables before until the new one is there.
  const wanted = JSON.stringify(variables);
  const isOfThese = JSON.stringify(result.operation?.variables) === wanted;
  // The last result stays visible while the gateway is unreachable. The header marks it as possibly stale.
  const shown = useRef<{ data: Data; wanted: string }>(undefined);
  if (result.data && isOfThese) shown.current = { data: result.data, wanted };
  return {
    error: isOfThese ? result.error : undefined,
    data: shown.current?.wanted === wanted ? shown.current.data : undefined,
  };
}
