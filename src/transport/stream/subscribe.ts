import type { ExecutionResult } from 'graphql';
import type { AdmittedOperation, Answer, Pipeline } from '../../graphql';
import type { Context } from '../../services/context';
import { Feed } from '../../services/streams/feed';
import type { Connection } from './connection';
import type { Hub } from './hub';
import { streamOperation } from './operation';
import type { Sink } from './payload';
import { Reader } from './reader';

/**
 * Starts a subscription: the resolver returns the feed, and a reader sends its messages. `subscribe` of graphql-js would
 * execute every message in the context of the first, whose loaders return stale rows.
 */
export async function subscribe(
  pipeline: Pipeline,
  hub: Hub,
  connection: Connection,
  admitted: AdmittedOperation,
  context: Context,
  sink: Sink,
): Promise<Answer | Reader> {
  const source = await pipeline.subscribe(admitted, context);
  if (source instanceof Feed) return new Reader(hub, connection, streamOperation(admitted), source, sink);
  return pipeline.mask(source as ExecutionResult, context);
}
