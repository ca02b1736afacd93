import type { GraphQLSchema } from 'graphql';
import type { Config } from '../../config';
import type { Deps } from '../../services/context';
import type { Gate } from '../limits/gate';
import type { Observer } from '../observe/observer';
import { Connections } from './connections';
import { Hub } from './hub';

/** What the operator sets of it. */
export type StreamConfig = Pick<Config, 'security' | 'stream'>;

/** What all connections of this process share, whichever protocol they speak. */
export interface Live {
  deps: Deps;
  config: StreamConfig;
  schema: GraphQLSchema;
  hub: Hub;
  gate: Gate;
  observer: Observer;
  connections: Connections;
}

/** Puts it together. */
export function createLive(
  schema: GraphQLSchema,
  deps: Deps,
  gate: Gate,
  observer: Observer,
  config: StreamConfig,
): Live {
  return {
    deps,
    config,
    schema,
    hub: new Hub(deps),
    gate,
    observer,
    connections: new Connections(config.stream.connectionsPerUser),
  };
}
