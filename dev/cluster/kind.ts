import type { ClusterNode } from './node';
import type { NodePlace } from './place';

/** Proxy user for health checks. It has no password. */
export const CHECK_USER = 'skybasket_check';

/** A kind of database cluster. */
export interface ClusterKind {
  /** Display name. */
  readonly title: string;
  /** Settings of `deploy/haproxy.cfg` that choose its health check. */
  readonly proxySettings: NodeJS.ProcessEnv;
  /** Grants that the health check needs. */
  readonly checkGrants: readonly string[];
  /** Prepares the data of the nodes in the empty folder `home`. The first node founds the cluster. */
  makeNodes(home: string, places: readonly NodePlace[]): Promise<ClusterNode[]>;
}
