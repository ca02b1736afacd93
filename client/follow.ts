import { SessionEndedError } from './errors';
import { MessageQueue } from './message-queue';
import { pause } from './pause';
import { RejectedTokens } from './rejected-tokens';
import { type ConnectionEnd, subscribeOnce } from './subscribe-once';
import type { TokenSource, TypedDocument } from './types';

/** What every stream of the gateway is followed with. */
export interface FollowOptions {
  /** Such as `wss://gateway.example/graphql`. */
  url: string;
  /** Called before every connection: give one that is still good for a while. */
  token: TokenSource;
  /** The cursor of the last message that you have dealt with; what follows it is delivered, then what happens. */
  after?: string;
  /** Ends the stream; so does leaving the loop. */
  signal?: AbortSignal;
  /**
   * The connection was lost, or could not be made: what is shown may be old. Called before each further attempt, but not
   * where only the token has come to its end: then the stream goes on at once with the next one.
   */
  onInterrupted?: (reason: string) => void;
  /** There is a new connection in the place of a lost one; what was missed comes next. */
  onResumed?: () => void;
  /** Where the platform has no WebSocket: in Node before 22, the one of `ws`. */
  webSocketImpl?: unknown;
}

/** A stream: its document, what it is about, and where its messages and their cursors are. */
export interface StreamSource<Data, Variables, Message extends { cursor: string }> {
  document: TypedDocument<Data, Variables & { after?: string }>;
  variables: Variables;
  message(data: Data): Message;
}

const MIN_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5000;

/**
 * The messages of a stream, each exactly once and in order, over as many connections as it takes. Ends when the gateway
 * completes it, by `signal` or `return()`; throws what another attempt would not change. What is not read yet is kept in
 * memory: leave the loop rather than stall in it.
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
  { url, token, after, webSocketImpl, onInterrupted, onResumed }: FollowOptions,
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
    const { given, ending } = await attempt(() => token(refusals.rejected), request);
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
  request: Omit<Parameters<typeof subscribeOnce>[0], 'token'>,
): Promise<{ given?: string; ending: ConnectionEnd }> {
  let given: string;
  try {
    given = await token();
  } catch (error) {
    if (error instanceof SessionEndedError) throw error;
    const reason = `no token: ${error instanceof Error ? error.message : String(error)}`;
    return { ending: { kind: 'lost', reason } };
  }
  return { given, ending: await subscribeOnce({ ...request, token: given }) };
}

/** Doubles; half of it is chance, so that all the clients of a gateway do not come back at once. */
function backoff(failures: number): number {
  const full = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** failures);
  return full / 2 + (Math.random() * full) / 2;
}
