import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { asRoot } from '../local/engine';
import type { Programs } from './programs';

/** What every node has in common, here as in production. */
const COMMON = join(packageRoot, 'deploy/galera.cnf');

/** Where a node keeps its data and listens; every address is of the loopback interface. */
export interface NodePlace {
  name: string;
  dataDir: string;
  socketPath: string;
  /** For clients. */
  port: number;
  /** For the other nodes; the one after it is for what a node that comes back has missed. */
  groupPort: number;
  /** For a whole copy. */
  copyPort: number;
}

function providerOptions(place: NodePlace): string {
  const [, common] = /^wsrep_provider_options\s*=\s*"(.*)"$/m.exec(readFileSync(COMMON, 'utf8')) ?? [];
  if (!common) throw new Error(`${COMMON} has no wsrep_provider_options`);
  // Unless told, it listens to the whole network.
  return `${common}; gmcast.listen_addr=tcp://127.0.0.1:${place.groupPort}`;
}

/** The options of one node of a cluster of `all`: the common file first, then what differs from node to node. */
export function nodeOptions(programs: Programs, place: NodePlace, all: readonly NodePlace[]): string[] {
  const members = all.map(({ groupPort }) => `127.0.0.1:${groupPort}`);
  return [
    `--defaults-file=${COMMON}`,
    ...asRoot(),
    `--datadir=${place.dataDir}`,
    `--socket=${place.socketPath}`,
    `--pid-file=${place.dataDir}/${place.name}.pid`,
    '--bind-address=127.0.0.1',
    `--port=${place.port}`,
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=128M',
    `--wsrep-provider=${programs.galera}`,
    `--wsrep-provider-options=${providerOptions(place)}`,
    `--wsrep-cluster-address=gcomm://${members.join(',')}`,
    `--wsrep-node-name=${place.name}`,
    `--wsrep-node-address=127.0.0.1:${place.groupPort}`,
    `--wsrep-sst-receive-address=127.0.0.1:${place.copyPort}`,
  ];
}
