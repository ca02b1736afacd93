import type { Config } from '../../config';
import type { Pipeline } from '../../graphql';
import type { Dependencies } from '../../services/context';
import type { FrontDoor } from '../door';
import type { Observer } from '../observe/observer';
import { Connections } from './connections';
import { HeldPlans } from './held-plans';
import { Hub } from './hub';

/** What the operator sets of it. */
export type StreamConfig = Pick<Config, 'security' | 'stream'>;

/** What all connections of this process share, whichever protocol they speak. */
export interface Live {
  deps: Dependencies;
  config: StreamConfig;
  hub: Hub;
  pipeline: Pipeline;
  door: FrontDoor;
  observer: Observer;
  connections: Connections;
  heldPlans: HeldPlans;
}

/** Puts it together. */
export function createLive(
  deps: Dependencies,
  pipeline: Pipeline,
  door: FrontDoor,
  observer: Observer,
  config: StreamConfig,
): Live {
  return {
    deps,
    config,
    heldPlans: new HeldPlans(),
    hub: new Hub(deps, pipeline),
    pipeline,
    door,
    observer,
    connections: new Connections(
      config.stream.connectionsPerUser,
      config.security.door.anonymousSocketsPerAddress,
    ),
  };
}
