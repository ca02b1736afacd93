import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/config';
import { spawnTied } from '../local/spawn-tied';
import { withLibraries } from './programs';

const CONFIG = join(packageRoot, 'deploy/haproxy.cfg');
const STOP_GRACE_MS = 3000;

/** Addresses on which the proxy listens and to which it routes, by their names in `deploy/haproxy.cfg`. */
export type ProxyAddresses = Record<
  'GRAPH_BIND' | 'DATABASE_BIND' | 'OBSERVED_BIND' | `GATEWAY_${1 | 2 | 3}` | `DATABASE_${1 | 2 | 3}`,
  string
>;

/** HAProxy in front of the gateways and the database. */
export interface Proxy {
  pid: number;
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** Starts HAProxy with the addresses and `settings`. Resolves when it listens. */
export async function startProxy(
  haproxy: string,
  home: string,
  addresses: ProxyAddresses,
  settings: NodeJS.ProcessEnv,
): Promise<Proxy> {
  const logPath = join(home, 'haproxy.log');
  const log = openSync(logPath, 'a', 0o600);
  // In the foreground and as this user, so that it ends with this process.
  const proxy = spawnTied(haproxy, ['-db', '-f', CONFIG], {
    env: { ...withLibraries(), ...settings, ...addresses },
    output: log,
  });
  closeSync(log);
  let ended: string | undefined;
  void proxy.exited.then(how => {
    ended = how;
  });
  while (!(await answers(addresses.OBSERVED_BIND))) {
    if (ended) throw new Error(`HAProxy did not start (${ended}): ${readFileSync(logPath, 'utf8')}`);
    await sleep(20);
  }
  return { pid: proxy.pid, exited: proxy.exited, stop: () => proxy.stop(STOP_GRACE_MS) };
}

function answers(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise(resolve => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}
