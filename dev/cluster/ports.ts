import { createServer } from 'node:net';
import { freePort } from '../local/free-port';
import type { NodePlace } from './galera-options';

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** A free port with a free one after it. */
async function freePair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 1)) return port;
  }
}

/** Ports that one node listens at. */
export async function nodePorts(): Promise<Pick<NodePlace, 'port' | 'groupPort' | 'copyPort'>> {
  return { port: await freePort(), groupPort: await freePair(), copyPort: await freePort() };
}
