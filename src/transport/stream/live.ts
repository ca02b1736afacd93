import type { GraphQLSchema } from 'graphql';
import type { Config } from '../../config';
import type { Deps } from '../../services/context';
import { Connections } from './connections';
import { Documents } from './documents';
import { Hub } from './hub';

/** What the operator sets of it. */
export type StreamConfig = Pick<Config, 'allowedOrigins' | 'stream'>;

/** What all connections of this process share, whichever protocol they speak. */
export interface Live {
  deps: Deps;
  config: StreamConfig;
  schema: GraphQLSchema;
  hub: Hub;
  documents: Documents;
  connections: Connections;
}

/** Puts it together. */
export function createLive(schema: GraphQLSchema, deps: Deps, config: StreamConfig): Live {
  return {
    deps,
    config,
    schema,
    hub: new Hub(deps),
    documents: new Documents(schema),
    connections: new Connections(config.stream.connectionsPerUser),
  };
}
