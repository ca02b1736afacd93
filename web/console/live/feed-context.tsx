import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import type { TokenSource } from '../../../client';
import { ViewerDocument } from '../../generated/graphql';
import { Feed, type FeedState } from './feed';

const FeedContext = createContext<Feed | null>(null);

/** Provides the stream of the session. All pages share its connection. */
export function FeedProvider({ token, children }: { token: TokenSource; children: ReactNode }) {
  const [feed, setFeed] = useState<Feed | null>(null);
  const client = useClient();
  useEffect(() => {
    const reachable = async () => {
      const { error } = await client.query(ViewerDocument, {}, { requestPolicy: 'network-only' });
      return !error?.networkError;
    };
    const next = new Feed(token, reachable);
    setFeed(next);
    return next.start();
  }, [token, client]);
  return feed && <FeedContext value={feed}>{children}</FeedContext>;
}

/** Stream of the session. */
export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error('There is no feed around this part.');
  return feed;
}

/** Current state of the stream. */
export function useFeedState(): FeedState {
  const feed = useFeed();
  return useSyncExternalStore(feed.watch, feed.read);
}

/** Whether queries can begin: the streams are there, or take too long. */
export function useFeedBegun(): boolean {
  const feed = useFeed();
  const [begun, setBegun] = useState(feed.hasBegun);
  useEffect(() => void feed.begun.then(() => setBegun(true)), [feed]);
  return begun;
}
