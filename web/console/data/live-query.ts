import { useEffect, useMemo } from 'react';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { useFeed } from '../live/feed-context';

/** Changes that come in one burst are read again once. */
const BURST_MS = 150;

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
    const stop = feed.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        readAgain({ ...context, requestPolicy: 'network-only' });
      }, BURST_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [feed, readAgain, context]);
  return result;
}
