import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { rootUserArguments } from '../local/engine';
import type { NodePlace } from './place';

/** File with the options of every node, here and in production. */
const COMMON = join(packageRoot, 'deploy/group-replication.cnf');

const groupAddress = ({ network, groupPort }: NodePlace) => `${network.groupHost}:${groupPort}`;

/** Returns the options of one node of the group `all`: the common file, then the options of the node. */
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
    // The default folder does not exist if the packages were only unpacked.
    '--secure-file-priv=NULL',
    `--bind-address=${[...new Set([network.host, network.groupHost])]}`,
    `--port=${port}`,
    '--innodb-buffer-pool-size=128M',
    // The tables of Group Replication do not depend on instruments.
    '--performance-schema-instrument=%=OFF',
    `--server-id=${all.indexOf(place) + 1}`,
    // Recovery uses the network of the group.
    `--report-host=${network.groupHost}`,
    `--group-replication-local-address=${groupAddress(place)}`,
    `--group-replication-group-seeds=${all.map(groupAddress).join(',')}`,
    '--group-replication-message-cache-size=134217728',
  ];
}
