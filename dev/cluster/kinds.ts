import { chooseEngine } from '../local/engines';
import { galera } from './galera';
import { groupReplication } from './group-replication';
import type { ClusterKind } from './kind';

const OF_ENGINE: Readonly<Record<string, ClusterKind>> = { mariadb: galera, mysql: groupReplication };

/** Returns the kind of cluster that `DATABASE` names. */
export function chooseKind(env: NodeJS.ProcessEnv): ClusterKind {
  const { id, title } = chooseEngine(env);
  const kind = OF_ENGINE[id];
  if (kind) return kind;
  throw new Error(`There is no cluster for ${title}.`);
}
