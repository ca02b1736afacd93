import type { Config } from '../../config';
import type { Pipeline } from '../../graphql';
import type { Dependencies } from '../../services/context';
import type { TransportLimits } from '../limits';
import type { Observer } from '../observe/observer';
import { Connections } from './connections';
import { Hub } from './hub';
import { StreamPlanLimit } from './stream-plan-limit';

/** Settings of streams. */
export type StreamConfig = Pick<Config, 'security' | 'stream'>;

/** Services that all stream connections of this process share, over every protocol. */
export interface StreamServices {
  deps: Dependencies;
  config: StreamConfig;
  hub: Hub;
  pipeline: Pipeline;
  limits: TransportLimits;
  observer: Observer;
  connections: Connections;
  planLimit: StreamPlanLimit;
}

/** Creates the services of streams. */
export function createStreamServices(
  deps: Dependencies,
  pipeline: Pipeline,
  limits: TransportLimits,
  observer: Observer,
  config: StreamConfig,
): StreamServices {
  return {
    deps,
    config,
    planLimit: new StreamPlanLimit(),
    hub: new Hub(deps, pipeline),
    pipeline,
    limits,
    observer,
    connections: new Connections(
      config.stream.connectionsPerUser,
      config.security.limits.anonymousSocketsPerAddress,
    ),
  };
}
