import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { NodeNetwork } from '../../../dev/cluster/place';

/** Folder in which iproute2 keeps the namespaces that have a name. */
const NAMED = '/run/netns';
const OURS = /^skybasket-(\d+)-\d$/;

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** Reason why this machine allows no network namespaces; undefined where it does. */
function whyRefused(): string | undefined {
  const name = `skybasket-${process.pid}-0`;
  const { status, error, stderr } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (status !== 0) return `No network namespaces here: ${error?.message ?? stderr.trim()}`;
  ip('netns', 'del', name);
  return undefined;
}

/** A test of a partition; skipped, with the reason, where the machine allows no network namespaces. */
export function partitionTest(): jest.It {
  const reason = whyRefused();
  if (reason) process.stdout.write(`${reason}. No partition is tested.\n`);
  return reason ? test.skip : test;
}

/** One node's cable to the other nodes, which can be pulled. */
export interface Cable {
  cut(): void;
  heal(): void;
}

/** Networks of three nodes: each has one cable to gateways and the proxy, and one to the other nodes. */
export interface Networks {
  nodes: NodeNetwork[];
  /** Cables to the other nodes, in the order of the nodes. */
  group: Cable[];
  remove(): void;
}

/**
 * Makes two bridges and three network namespaces that have a cable to each; undefined where the machine allows none. Removes
 * those of runs that were killed.
 */
export function makeNetworks(): Networks | undefined {
  if (whyRefused()) return undefined;
  sweep();
  const subnet = freeSubnet();
  const bridges = { c: `sbc${process.pid}`, g: `sbg${process.pid}` };
  const made: string[][] = [];
  // The kernel removes the cables of a namespace some time after it.
  const remove = () => {
    for (const args of made.splice(0).reverse()) spawnSync('ip', args, { stdio: 'ignore' });
  };
  try {
    for (const bridge of Object.values(bridges)) {
      ip('link', 'add', bridge, 'type', 'bridge');
      made.push(['link', 'del', bridge]);
      ip('link', 'set', bridge, 'up');
    }
    // This machine takes part in the network of the clients alone.
    ip('address', 'add', `${subnet}.1.254/24`, 'dev', bridges.c);
    const nodes = [];
    const group = [];
    for (const nth of [1, 2, 3]) {
      const namespace = `skybasket-${process.pid}-${nth}`;
      ip('netns', 'add', namespace);
      made.push(['netns', 'del', namespace]);
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
      const [host, groupHost] = [`${subnet}.1.${nth}`, `${subnet}.2.${nth}`];
      made.push(['link', 'del', plug(namespace, bridges.c, host)]);
      made.push(['link', 'del', plug(namespace, bridges.g, groupHost)]);
      const cable = `${bridges.g}.${nth}`;
      nodes.push({ host, groupHost, enter: enter(namespace) });
      group.push({ cut: () => ip('link', 'set', cable, 'down'), heal: () => ip('link', 'set', cable, 'up') });
    }
    return { nodes, group, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const enter =
  (namespace: string): NodeNetwork['enter'] =>
  command => ['ip', 'netns', 'exec', namespace, ...command];

/** Connects a namespace to a bridge; returns the name of the cable. */
function plug(namespace: string, bridge: string, address: string): string {
  const [ours, theirs] = [`${bridge}.${address.at(-1)}`, `eth-${bridge.slice(0, 3)}`];
  ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', namespace);
  ip('link', 'set', ours, 'master', bridge, 'up');
  ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', theirs);
  ip('-n', namespace, 'link', 'set', theirs, 'up');
  return ours;
}

/** The first two numbers of addresses that no interface of this machine has. */
function freeSubnet(): string {
  const used = Object.values(networkInterfaces()).flatMap(each => each ?? []);
  for (let second = 77; second < 256; second += 1) {
    const subnet = `10.${second}`;
    if (!used.some(({ address }) => address.startsWith(`${subnet}.`))) return subnet;
  }
  throw new Error('Every private network is in use.');
}

/** Cables go with their namespaces. */
function sweep(): void {
  const names = existsSync(NAMED) ? readdirSync(NAMED) : [];
  for (const name of names) {
    const pid = OURS.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    for (const bridge of [`sbc${pid}`, `sbg${pid}`])
      spawnSync('ip', ['link', 'del', bridge], { stdio: 'ignore' });
  }
}
