import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { CommandLine } from '../local/engine';
import { freePort } from '../local/free-port';

/** Network of one node. */
export interface NodeNetwork {
  /** Address for gateways and the proxy. */
  host: string;
  /** Address for the other nodes. */
  groupHost: string;
  /** Returns the command line that runs `command` in this network. */
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
  /** Folder with the data, the socket and the log of the node. */
  home: string;
  dataDir: string;
  socketPath: string;
  network: NodeNetwork;
  /** Port for clients. */
  port: number;
  /** Port for the other nodes. Galera uses the port after it for incremental state transfers. */
  groupPort: number;
  /** Port for full state transfers. */
  copyPort: number;
}

/** Creates the folder of a node and chooses its ports. */
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

/** Finds a free port that is followed by a free port. */
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
