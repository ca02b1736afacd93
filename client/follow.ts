import { SessionEndedError } from './errors';
import { MessageQueue } from './message-queue';
import { pause } from './pause';
import { RejectedTokens } from './rejected-tokens';
import { type ConnectionEnd, type ConnectionRequest, subscribeOnce } from './subscribe-once';
import type { TokenSource, TypedDocument } from './types';

/** Options of a stream. */
export interface FollowOptions {
  /** URL of the graph, such as `wss://gateway.example/graphql`. */
  url: string;
  /** Called before every connection. Must return a token that does not expire soon. */
  token: TokenSource;
  /** Cursor of the last processed message. The stream replays later messages, then continues live. */
  after?: string;
  /** Ends the stream, like leaving the loop. */
  signal?: AbortSignal;
  /**
   * Called before each reconnection, when data may be stale. Not called when only the token has expired: the stream then
   * reconnects immediately with the next token.
   */
  onInterrupted?: (reason: string) => void;
  /** Called after a reconnection. Missed messages follow. */
  onResumed?: () => void;
  /** WebSocket implementation, such as `ws` in Node before 22. */
  webSocketImpl?: unknown;
  /** Subscribes once over a transport. Defaults to `subscribeOnce`, over a WebSocket. */
  connect?: (request: ConnectionRequest) => Promise<ConnectionEnd>;
}

/** Stream: its document, its variables, and the path of its messages. */
export interface StreamSource<Data, Variables, Message extends { cursor: string }> {
  document: TypedDocument<Data, Variables & { after?: string }>;
  variables: Variables;
  message(data: Data): Message;
}

const MIN_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5000;

/**
 * Follows a stream over reconnections. Yields each message exactly once and in order. Ends when the gateway completes it, by
 * `signal` or by `return()`. Throws errors that a retry would not change. Buffers unread messages in memory: leave the loop
 * rather than block in it.
 */
export function follow<Data, Variables extends object, Message extends { cursor: string }>(
  source: StreamSource<Data, Variables, Message>,
  options: FollowOptions,
): AsyncIterableIterator<Message> {
  const stop = new AbortController();
  const box = new MessageQueue<Message>();
  const leave = () => {
    options.signal?.removeEventListener('abort', leave);
    stop.abort();
    box.clear();
  };
  options.signal?.addEventListener('abort', leave);
  if (options.signal?.aborted) leave();
  readStream(source, options, box, stop.signal)
    .then(
      () => box.end(),
      error => box.end(error),
    )
    .finally(() => options.signal?.removeEventListener('abort', leave));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const value = await box.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return() {
      leave();
      return { done: true, value: undefined };
    },
  };
}

async function readStream<Data, Variables extends object, Message extends { cursor: string }>(
  source: StreamSource<Data, Variables, Message>,
  { url, token, after, webSocketImpl, onInterrupted, onResumed, connect = subscribeOnce }: FollowOptions,
  box: MessageQueue<Message>,
  signal: AbortSignal,
): Promise<void> {
  let cursor = after;
  let [failures, lost] = [0, false];
  const refusals = new RejectedTokens();
  const onConnected = () => {
    refusals.reset();
    if (lost) onResumed?.();
    lost = false;
  };
  const onData = (data: unknown) => {
    const message = source.message(data as Data);
    ({ cursor } = message);
    failures = 0;
    box.push(message);
  };
  while (!signal.aborted) {
    const variables = { ...source.variables, ...(cursor !== undefined && { after: cursor }) };
    const request = { url, document: source.document, variables, webSocketImpl, signal, onConnected, onData };
    const { given, ending } = await attempt(() => token(refusals.rejected), request, connect);
    if (ending.kind === 'complete') return;
    if (ending.kind === 'errors' && !ending.error.passing) throw ending.error;
    const renews = refusals.handleEnd(ending, given);
    lost = true;
    if (renews) continue;
    onInterrupted?.(ending.kind === 'lost' ? ending.reason : ending.error.message);
    await pause(backoff(failures), signal);
    failures += 1;
  }
}

/** A token that can't be had, most likely from the same gateway, is an interruption like any other. */
async function attempt(
  token: TokenSource,
  request: Omit<ConnectionRequest, 'token'>,
  connect: (request: ConnectionRequest) => Promise<ConnectionEnd>,
): Promise<{ given?: string; ending: ConnectionEnd }> {
  let given: string;
  try {
    given = await token();
  } catch (error) {
    if (error instanceof SessionEndedError) throw error;
    const reason = `no token: ${error instanceof Error ? error.message : String(error)}`;
    return { ending: { kind: 'lost', reason } };
  }
  return { given, ending: await connect({ ...request, token: given }) };
}

/** Doubles; half of it is chance, so that all the clients of a gateway do not come back at once. */
function backoff(failures: number): number {
  const full = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** failures);
  return full / 2 + (Math.random() * full) / 2;
}
