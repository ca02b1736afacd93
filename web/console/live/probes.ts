import { STREAM_URL } from '../../shared/settings';

/** Subprotocol of GraphQL over WebSocket: graphql-ws, PROTOCOL.md. */
const SUBPROTOCOL = 'graphql-transport-ws';
/** Time after which a network is tried although the browser knows of none, in milliseconds. */
const OFFLINE_MS = 30_000;
const TICK_MS = 5000;
/** Gaps between two ticks that show that the machine was asleep, in milliseconds. Timers of hidden tabs run once a minute. */
const MAX_GAP_MS = { visible: 20_000, hidden: 90_000 };

/** Resolves when the browser has a network, or `signal` is aborted. */
export function online(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (navigator.onLine || signal.aborted) return resolve();
    const end = AbortSignal.any([signal, AbortSignal.timeout(OFFLINE_MS)]);
    window.addEventListener('online', () => resolve(), { once: true, signal: end });
    end.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Resolves to whether a WebSocket to the gateway opens within `timeoutMs`. */
export function webSocketOpens(timeoutMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = new WebSocket(STREAM_URL, SUBPROTOCOL);
    const end = (opens: boolean) => {
      clearTimeout(timer);
      resolve(opens);
      socket.close();
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    socket.onopen = () => end(true);
    socket.onerror = () => end(false);
    socket.onclose = () => end(false);
  });
}

/** Calls `listener` when the machine wakes, with the time at which it was last awake. Ends with `signal`. */
export function onWake(listener: (lastAwake: number) => void, signal: AbortSignal): void {
  let last = Date.now();
  let wasHidden = document.hidden;
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > (wasHidden ? MAX_GAP_MS.hidden : MAX_GAP_MS.visible)) listener(last);
    last = now;
    wasHidden = document.hidden;
  }, TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
