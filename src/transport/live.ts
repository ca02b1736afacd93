import { randomUUID } from 'node:crypto';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
} from 'graphql';
import type { Actor } from '../policies';
import { type ActorContext, type Context, createContext, type Deps } from '../services/context';
import { findActor } from '../services/identity/actors';
import type { Message } from '../services/streams/message';
import { logUnexpected, maskError } from './errors';

type Source = AsyncGenerator<Message>;

/**
 * Executes a subscription: its own loop over the source, because `subscribe` of graphql-js answers every message with
 * the context of the first, whose loaders serve yesterday's state. Here each message is executed with a fresh context
 * and the caller as it is now; what it may not see (any more) is passed over, and a caller that is gone ends the stream.
 */
export async function executeLive(
  deps: Deps,
  args: ExecutionArgs,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const abort = new AbortController();
  const first = args.contextValue as Context;
  const source = await createSourceEventStream({ ...args, contextValue: { ...first, signal: abort.signal } });
  if (!(Symbol.asyncIterator in source)) return masked(source, first);
  const messages = (source as unknown as Source)[Symbol.asyncIterator]();
  const results = resultsOf(deps, args, messages, abort.signal);
  const endable: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => endable,
    next: () => results.next(),
    async return() {
      // A generator that waits does not hear `return`: the signal ends its waiting.
      abort.abort();
      await results.return(undefined);
      return { done: true, value: undefined };
    },
  };
  return endable;
}

async function* resultsOf(
  deps: Deps,
  args: ExecutionArgs,
  messages: AsyncIterator<Message>,
  signal: AbortSignal,
): AsyncGenerator<ExecutionResult> {
  const { actor, log, requestId } = args.contextValue as Context;
  try {
    for (;;) {
      const { value: message, done } = await messages.next();
      if (done) return;
      const context = actor && (await freshContext(deps, actor, signal));
      if (!context) return;
      const rootValue = await message.make(context);
      if (rootValue) yield masked(await execute({ ...args, rootValue, contextValue: context }), context);
    }
  } catch (error) {
    // A source that breaks tells its reader why, once, and ends.
    yield masked({ errors: [error as GraphQLError] }, { log, requestId });
  } finally {
    await messages.return?.();
  }
}

async function freshContext(deps: Deps, actor: Actor, signal: AbortSignal): Promise<ActorContext | null> {
  const now = await findActor(deps.db, actor.userId);
  return now && (createContext(deps, now, randomUUID(), signal) as ActorContext);
}

/** A result as the client is shown it. */
export function masked(
  result: ExecutionResult,
  { log, requestId }: Pick<Context, 'log' | 'requestId'>,
): ExecutionResult {
  if (!result.errors) return result;
  logUnexpected(log, result.errors);
  return {
    ...result,
    errors: result.errors.map(error => {
      const shown = maskError(error, requestId);
      // graphql-ws serializes errors by their own method, and closes the connection where there is none.
      return { ...shown, toJSON: () => shown };
    }) as unknown as GraphQLError[],
  };
}
