import { randomUUID } from 'node:crypto';
import { type ExecutionResult, execute, GraphQLError } from 'graphql';
import type { Actor } from '../../policies';
import { type ActorContext, type Context, createContext, type Deps } from '../../services/context';
import type { Message } from '../../services/streams/feed';
import { isOutage, patiently } from '../../services/streams/patiently';
import { logUnexpected, maskError } from '../errors';
import type { Operation } from './operation';
import type { Payload } from './payload';

/** Aborted never: a shared execution is awaited by whoever is there when it is done. */
const { signal } = new AbortController();

/**
 * Executes an operation for one message, with a context that begins with it: loaders of an earlier message would serve
 * yesterday's state. Null where `viewer` may not see it (any more). While the database is away it tries again.
 */
export function executeMessage(
  deps: Deps,
  operation: Operation,
  viewer: Actor,
  message: Message,
): Promise<Payload | null> {
  return patiently(async () => {
    const context = createContext(deps, viewer, randomUUID(), signal) as ActorContext;
    const rootValue = await message.make(context);
    if (!rootValue) return null;
    const { schema, document, operationName, variableValues } = operation;
    const result = await execute({
      schema,
      document,
      operationName,
      variableValues,
      rootValue,
      contextValue: context,
    });
    const outage = result.errors?.find(({ originalError }) => isOutage(originalError));
    if (outage) throw outage.originalError;
    return { cursor: message.cursor, json: Buffer.from(JSON.stringify(masked(result, context))) };
  });
}

/** A result as the client is shown it. */
export function masked(
  result: ExecutionResult,
  { log, requestId }: Pick<Context, 'log' | 'requestId'>,
): ExecutionResult {
  if (!result.errors) return result;
  logUnexpected(log, result.errors);
  return { ...result, errors: result.errors.map(error => shown(error, requestId)) };
}

/** graphql-ws wants errors that are still GraphQL's own. */
function shown(error: GraphQLError, requestId: string): GraphQLError {
  const { message, path, locations, extensions = {} } = maskError(error, requestId);
  const nodes = locations ? (error.nodes ?? null) : null;
  return new GraphQLError(message, { nodes, path: path ?? null, extensions });
}
