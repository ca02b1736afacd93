import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { rootUserArguments } from '../local/engine';
import type { NodePlace } from './place';

/** Options of every node, here and in production. */
const COMMON = join(packageRoot, 'deploy/group-replication.cnf');

const groupAddress = ({ network, groupPort }: NodePlace) => `${network.groupHost}:${groupPort}`;

/** The options of one node of a group of `all`: the common file first, then what differs from node to node. */
export function nodeOptions(
  server: readonly string[],
  place: NodePlace,
  all: readonly NodePlace[],
): [string, ...string[]] {
  const { dataDir, socketPath, port, network } = place;
  return [
    `--defaults-file=${COMMON}`,
    ...server,
    ...rootUserArguments(),
    `--datadir=${dataDir}`,
    `--tmpdir=${dataDir}`,
    `--socket=${socketPath}`,
    `--pid-file=${dataDir}/server.pid`,
    // The packages have no such folder where they were only unpacked.
    '--secure-file-priv=NULL',
    `--bind-address=${[...new Set([network.host, network.groupHost])]}`,
    `--port=${port}`,
    '--innodb-buffer-pool-size=128M',
    // Group Replication's own tables need nothing that is measured.
    '--performance-schema-instrument=%=OFF',
    `--server-id=${all.indexOf(place) + 1}`,
    // Nodes copy from each other over the network of the group.
    `--report-host=${network.groupHost}`,
    `--group-replication-local-address=${groupAddress(place)}`,
    `--group-replication-group-seeds=${all.map(groupAddress).join(',')}`,
    '--group-replication-message-cache-size=134217728',
  ];
}
