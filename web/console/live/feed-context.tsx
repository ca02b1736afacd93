import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { TokenSource } from '../../../client';
import { Feed, type FeedState } from './feed';

const FeedContext = createContext<Feed | null>(null);

/** The stream of this user, from signing in to signing out: every room shares the one connection. */
export function FeedProvider({ token, children }: { token: TokenSource; children: ReactNode }) {
  const [feed, setFeed] = useState<Feed | null>(null);
  useEffect(() => {
    const next = new Feed(token);
    setFeed(next);
    return next.start();
  }, [token]);
  return feed && <FeedContext value={feed}>{children}</FeedContext>;
}

/** The stream, to be told of changes. */
export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error('There is no feed around this part.');
  return feed;
}

/** All that the stream has told, as it changes. */
export function useFeedState(): FeedState {
  const feed = useFeed();
  return useSyncExternalStore(feed.watch, feed.read);
}
