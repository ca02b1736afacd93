import { type ConnectionEnd, type ConnectionRequest, subscribeOnce } from '../../../client';
import { online, webSocketOpens } from './probes';

/** Transport of the streams: WebSocket, or server-sent events over HTTP. */
export type TransportName = 'websocket' | 'sse';

/** Time after which a WebSocket that does not open counts as blocked, in milliseconds. Browsers wait for minutes. */
const OPEN_TIMEOUT_MS = 8000;
/** Time after which a WebSocket is tried again while server-sent events replace it, in milliseconds. */
const RETURN_MS = 60_000;

/**
 * Chooses the transport of the streams of one user. Server-sent events replace a WebSocket that is blocked: one that has
 * never connected, or one that fails although the gateway answers queries. The WebSocket returns when it opens again.
 */
export class Transport {
  private current: TransportName = 'websocket';
  private webSocketWorked = false;
  /** Time since which the gateway answers queries without a stream. Null if unknown. */
  private answersSince: number | null = null;
  private readonly connections = new Set<AbortController>();
  private readonly changes = new EventTarget();
  private returning: ReturnType<typeof setTimeout> | undefined;

  /** `reachable` resolves to whether the gateway answers queries. */
  constructor(private readonly reachable: () => Promise<boolean>) {}

  /** Transport of the last connection. */
  get name(): TransportName {
    return this.current;
  }

  /** For `FollowOptions`. */
  readonly connect = async (request: ConnectionRequest): Promise<ConnectionEnd> => {
    await online(request.signal);
    const used = this.current;
    const begun = Date.now();
    let connected = false;
    const onConnected = () => {
      connected = true;
      this.answersSince = null;
      if (used === 'websocket') this.webSocketWorked = true;
      else this.returnLater();
      request.onConnected();
    };
    const cut = new AbortController();
    this.connections.add(cut);
    const signal = AbortSignal.any([request.signal, cut.signal]);
    const subscribe = used === 'websocket' ? overWebSocket : overEvents;
    const ending = await subscribe({ ...request, onConnected, signal });
    this.connections.delete(cut);
    if (request.signal.aborted) return ending;
    if (cut.signal.aborted) return { kind: 'lost', reason: 'the connection is opened anew' };
    if (ending.kind === 'lost' && !connected) await this.failed(used, begun);
    return ending;
  };

  /** The same, by WebSocket only: over HTTP/1.1 a browser opens six connections to a gateway, for all tabs together. */
  readonly connectByWebSocket = async (request: ConnectionRequest): Promise<ConnectionEnd> => {
    await online(request.signal);
    while (this.current !== 'websocket' && !request.signal.aborted) await this.changed(request.signal);
    return this.connect(request);
  };

  /** Cuts all connections. Each is opened anew, and continues after its last message. */
  reconnect(): void {
    for (const connection of this.connections) connection.abort();
  }

  /** Ends the attempts to return to the WebSocket. */
  stop(): void {
    clearTimeout(this.returning);
  }

  private async failed(used: TransportName, begun: number): Promise<void> {
    const answered = this.answersSince !== null && begun >= this.answersSince;
    const isBlocked = used === 'sse' || !this.webSocketWorked || answered;
    if (!isBlocked) {
      // An attempt that begins after this answer shows whether the gateway was away or the WebSocket is blocked.
      this.answersSince = (await this.reachable()) ? (this.answersSince ?? Date.now()) : null;
    } else if (used === this.current) {
      this.use(used === 'websocket' ? 'sse' : 'websocket');
    }
  }

  private use(name: TransportName): void {
    this.current = name;
    this.answersSince = null;
    this.changes.dispatchEvent(new Event('change'));
  }

  private changed(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => resolve();
      this.changes.addEventListener('change', done, { once: true, signal });
      signal.addEventListener('abort', done, { once: true });
    });
  }

  private returnLater(): void {
    clearTimeout(this.returning);
    this.returning = setTimeout(async () => {
      if (this.current !== 'sse') return;
      if (!(await webSocketOpens(OPEN_TIMEOUT_MS))) return this.returnLater();
      this.use('websocket');
      this.reconnect();
    }, RETURN_MS);
  }
}

/** Loads the client of server-sent events when a WebSocket is blocked, which is rare. */
async function overEvents(request: ConnectionRequest): Promise<ConnectionEnd> {
  try {
    const events = await import('./over-events');
    return await events.overEvents(request);
  } catch (error) {
    return { kind: 'lost', reason: (error as Error).message };
  }
}

async function overWebSocket(request: ConnectionRequest): Promise<ConnectionEnd> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), OPEN_TIMEOUT_MS);
  const onConnected = () => {
    clearTimeout(timer);
    request.onConnected();
  };
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const ending = await subscribeOnce({ ...request, onConnected, signal });
  clearTimeout(timer);
  const isLate = stop.signal.aborted && !request.signal.aborted;
  return isLate ? { kind: 'lost', reason: 'the WebSocket did not open in time' } : ending;
}
