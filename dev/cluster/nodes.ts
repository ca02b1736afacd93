import type { Log } from '../local/log';
import { databaseUrl } from '../local/server-account';
import { CHECK_USER, type ClusterKind } from './kind';
import type { ClusterNode } from './node';
import { LOOPBACK, makePlace, type NodeNetwork } from './place';

const NODES = ['database-1', 'database-2', 'database-3'];

/** Database cluster of three nodes. */
export interface DatabaseCluster {
  kind: ClusterKind;
  nodes: ClusterNode[];
  /** URL of the database on one node. All nodes have the same account. */
  urlOf(node: ClusterNode): string;
  /** URL of the database on another port of this machine. */
  urlAt(port: number): string;
  stop(): Promise<void>;
}

/** Options of a database cluster. */
export interface NodesRequest {
  kind: ClusterKind;
  /** Networks of the nodes, in order. Defaults to the loopback interface. */
  networks?: readonly NodeNetwork[] | undefined;
  log: Log;
}

/** Creates a database cluster in the empty folder `home`. Resolves when all three nodes are in sync. */
export async function startNodes(
  home: string,
  password: string,
  { kind, networks = [], log }: NodesRequest,
): Promise<DatabaseCluster> {
  const places = [];
  for (const [index, name] of NODES.entries()) {
    places.push(await makePlace(home, name, networks[index] ?? LOOPBACK));
  }
  const nodes = await kind.makeNodes(home, places);
  const stop = async () => {
    // The founder stops last, because it has all the data.
    for (const node of [...nodes].reverse()) await node.stop();
  };
  try {
    for (const [index, node] of nodes.entries()) {
      log(index === 0 ? `${node.place.name} founds the cluster …` : `${node.place.name} joins …`);
      await node.start({ found: index === 0 });
      if (index === 0) await node.query(...accounts(kind, password));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kind,
    nodes,
    urlOf: ({ place }) => databaseUrl(password, place.port, place.network.host),
    urlAt: port => databaseUrl(password, port),
    stop,
  };
}

function accounts({ checkGrants }: ClusterKind, password: string): string[] {
  const { username: name } = new URL(databaseUrl(password, 1));
  return [
    `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    `CREATE USER '${CHECK_USER}'@'%'`,
    ...checkGrants.map(grant => `${grant} TO '${CHECK_USER}'@'%'`),
    `CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON ${name}.* TO '${name}'@'%'`,
  ];
}
