const channels = new Map<string, BroadcastChannel>();

/** Channel between the tabs of a user. The streams of the graph do not report changes of baskets. */
function channelOf(userId: string): BroadcastChannel {
  const channel = channels.get(userId) ?? new BroadcastChannel(`skybasket.basket.${userId}`);
  channels.set(userId, channel);
  return channel;
}

/** Tells the other tabs of the user that the basket has changed. */
export const announceBasket = (userId: string): void => channelOf(userId).postMessage(null);

/** Calls `read` when another tab has changed the basket (`true`), and when the user returns to this tab (`false`). */
export function onBasketNews(userId: string, read: (isNews: boolean) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  channelOf(userId).addEventListener('message', () => read(true), { signal });
  // Another browser may have changed it meanwhile.
  document.addEventListener('visibilitychange', () => document.hidden || read(false), { signal });
  window.addEventListener('focus', () => read(false), { signal });
  return () => stop.abort();
}
