import { randomUUID } from 'node:crypto';
import { isDatabaseFault } from '../../database';
import type { Executable, Pipeline } from '../../graphql';
import type { Actor } from '../../policies';
import { type ActorContext, createContext, type Dependencies } from '../../services/context';
import type { Message } from '../../services/streams/feed';
import { retryUntilAvailable } from '../../services/streams/retry-until-available';
import type { Payload } from './payload';

/** Never aborted: other readers await a shared execution. */
const { signal } = new AbortController();

/**
 * Executes a subscription for one message, in a new context: loaders of an earlier message would return stale rows. Null if
 * `viewer` cannot see the message. Retries faults of the database, because an error message would replace the event.
 */
export function executeMessage(
  pipeline: Pipeline,
  deps: Dependencies,
  admitted: Executable,
  viewer: Actor,
  message: Message,
): Promise<Payload | null> {
  return retryUntilAvailable(async () => {
    const context = createContext(deps, viewer, randomUUID(), signal) as ActorContext;
    const rootValue = await message.make(context);
    if (!rootValue) return null;
    const result = await pipeline.execute(admitted, context, rootValue);
    const fault = result.errors?.find(({ originalError }) => isDatabaseFault(originalError));
    if (fault) throw fault.originalError;
    const answer = pipeline.mask(result, context);
    return { cursor: message.cursor, json: Buffer.from(JSON.stringify(answer)) };
  });
}
