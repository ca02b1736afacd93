import { useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { OverviewDocument, type OverviewQuery } from '../../generated/graphql';
import { useFeed } from '../live/feed-context';

/** Numbers of the overview. */
export type Overview = OverviewQuery['overview'];

/** Period of reading, in milliseconds. */
export const PERIOD_MS = 10_000;
/** Minimum time between two reads after changes, in milliseconds. */
const REST_MS = 2000;
/** Age at which the numbers count as old, in milliseconds. */
const OLD_MS = 3 * PERIOD_MS;

interface State {
  overview: Overview | null;
  /** Time at which the read of `overview` began, by the clock of the browser. */
  begunAt: number;
  error: CombinedError | null;
}

/**
 * Reads the overview every `PERIOD_MS`, and after changes. The last numbers stay; `isOld` is true once a read has failed, or
 * none has succeeded for some time.
 */
export function useOverview() {
  const client = useClient();
  const feed = useFeed();
  const [{ overview, begunAt, error }, setState] = useState<State>({
    overview: null,
    begunAt: 0,
    error: null,
  });
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    let here = true;
    let lastBegun = 0;
    let later: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      clearTimeout(later);
      later = undefined;
      lastBegun = Date.now();
      const begun = lastBegun;
      const { data, error } = await client.query(OverviewDocument, {}, { requestPolicy: 'network-only' });
      if (!here) return;
      setNow(Date.now());
      setState(state => {
        // A slow answer does not replace a newer one.
        if (begun < state.begunAt) return state;
        return data
          ? { overview: data.overview, begunAt: begun, error: null }
          : { ...state, error: error ?? null };
      });
    };
    const readSoon = () => {
      later ??= setTimeout(read, Math.max(0, lastBegun + REST_MS - Date.now()));
    };
    const readIfSeen = () => {
      setNow(Date.now());
      if (!document.hidden) readSoon();
    };
    void read();
    const timer = setInterval(readIfSeen, PERIOD_MS);
    const stop = feed.onChange(() => !document.hidden && readSoon());
    document.addEventListener('visibilitychange', readIfSeen);
    return () => {
      here = false;
      clearInterval(timer);
      clearTimeout(later);
      document.removeEventListener('visibilitychange', readIfSeen);
      stop();
    };
  }, [client, feed]);
  return { overview, error, isOld: error !== null || now - begunAt > OLD_MS };
}
