import { chooseEngine } from '../local/engines';
import { galera } from './galera';
import { groupReplication } from './group-replication';
import type { ClusterKind } from './kind';

const OF_ENGINE: Readonly<Record<string, ClusterKind>> = { mariadb: galera, mysql: groupReplication };

/** The kind of cluster of the server that `DATABASE` names. */
export function chooseKind(env: NodeJS.ProcessEnv): ClusterKind {
  const { id, title } = chooseEngine(env);
  const kind = OF_ENGINE[id];
  if (kind) return kind;
  throw new Error(`${title} has no cluster.`);
}
