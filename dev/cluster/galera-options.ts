import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { rootUserArguments } from '../local/engine';
import type { NodePlace } from './place';
import type { GaleraPrograms } from './programs';

/** File with the options of every node, here and in production. */
const COMMON = join(packageRoot, 'deploy/galera.cnf');

function providerOptions({ network, groupPort }: NodePlace): string {
  const [, common] = /^wsrep_provider_options\s*=\s*"(.*)"$/m.exec(readFileSync(COMMON, 'utf8')) ?? [];
  if (!common) throw new Error(`${COMMON} has no wsrep_provider_options`);
  // Without it, Galera listens on all interfaces.
  return `${common}; gmcast.listen_addr=tcp://${network.groupHost}:${groupPort}`;
}

/** Returns the options of one node of the cluster `all`: the common file, then the options of the node. */
export function nodeOptions(programs: GaleraPrograms, place: NodePlace, all: readonly NodePlace[]): string[] {
  const members = all.map(({ network, groupPort }) => `${network.groupHost}:${groupPort}`);
  return [
    `--defaults-file=${COMMON}`,
    ...rootUserArguments(),
    `--datadir=${place.dataDir}`,
    `--socket=${place.socketPath}`,
    `--pid-file=${place.dataDir}/${place.name}.pid`,
    `--bind-address=${place.network.host}`,
    `--port=${place.port}`,
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=128M',
    `--wsrep-provider=${programs.galera}`,
    `--wsrep-provider-options=${providerOptions(place)}`,
    `--wsrep-cluster-address=gcomm://${members.join(',')}`,
    `--wsrep-node-name=${place.name}`,
    `--wsrep-node-address=${place.network.groupHost}:${place.groupPort}`,
    `--wsrep-sst-receive-address=${place.network.groupHost}:${place.copyPort}`,
  ];
}
