import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { CommandLine } from '../local/engine';
import { freePort } from '../local/free-port';

/** Network of one node. */
export interface NodeNetwork {
  /** Address that gateways and the proxy reach. */
  host: string;
  /** Address that the other nodes reach. */
  groupHost: string;
  /** Command line that runs `command` in this network. */
  enter(command: CommandLine): CommandLine;
}

/** The loopback interface of this machine. */
export const LOOPBACK: NodeNetwork = {
  host: '127.0.0.1',
  groupHost: '127.0.0.1',
  enter: command => command,
};

/** Data folder and addresses of a node. */
export interface NodePlace {
  name: string;
  /** Folder of the node, which has nothing but its data, its socket and its log. */
  home: string;
  dataDir: string;
  socketPath: string;
  network: NodeNetwork;
  /** Port for clients. */
  port: number;
  /** Port for the other nodes. Galera sends what a returning node has missed to the port after it. */
  groupPort: number;
  /** Port for a whole copy of the data. */
  copyPort: number;
}

/** Makes the folder of a node and chooses its ports. */
export async function makePlace(home: string, name: string, network: NodeNetwork): Promise<NodePlace> {
  const own = join(home, name);
  mkdirSync(own, { mode: 0o700 });
  return {
    name,
    home: own,
    dataDir: join(own, 'data'),
    socketPath: join(own, 'socket'),
    network,
    port: await freePort(),
    groupPort: await freePair(),
    copyPort: await freePort(),
  };
}

/** A free port with a free one after it. */
async function freePair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 1)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
