import { createSourceEventStream, type ExecutionResult } from 'graphql';
import type { Context } from '../../services/context';
import { Feed } from '../../services/streams/feed';
import type { Connection } from './connection';
import { masked } from './execute';
import type { Hub } from './hub';
import type { Operation } from './operation';
import type { Sink } from './payload';
import { Reader } from './reader';

/**
 * Begins a subscription: the resolver says what it is about, the reader does the rest. Not `subscribe` of graphql-js,
 * which answers every message with the context of the first, whose loaders serve yesterday's state.
 */
export async function subscribe(
  hub: Hub,
  connection: Connection,
  operation: Operation,
  contextValue: Context,
  sink: Sink,
): Promise<ExecutionResult | Reader> {
  const { schema, document, operationName, variableValues } = operation;
  const source = await createSourceEventStream({
    schema,
    document,
    operationName,
    variableValues,
    contextValue,
  });
  if (source instanceof Feed) return new Reader(hub, connection, operation, source, sink);
  return masked(source as ExecutionResult, contextValue);
}
