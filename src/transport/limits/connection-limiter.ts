import type { Socket } from 'node:net';
import { networkOf } from '../client-address';

/** Maximum numbers of open connections. */
export interface ConnectionBounds {
  /** Of the process. */
  total: number;
  /** Of one network (`networkOf`). 0 disables the limit, for gateways behind a proxy. */
  perAddress: number;
}

interface Entry {
  network: Network;
  /** Whether the connection counts toward the limit of its address. */
  counts: boolean;
}

/** Connections of one network. Idle ones, without a complete request, are in order of age. */
interface Network {
  readonly name: string;
  count: number;
  readonly idle: Set<Socket>;
}

/**
 * Limits open connections, in total and by address. At a limit the oldest idle connection is closed, so a new client is
 * always admitted. A connection is idle while it has sent no complete request that is unanswered.
 */
export class ConnectionLimiter {
  private readonly entries = new Map<Socket, Entry>();
  private readonly networks = new Map<string, Network>();
  private readonly idle = new Set<Socket>();
  /** Number of connections closed at a limit, for the metrics. */
  closedAtLimit = 0;

  constructor(private readonly limits: ConnectionBounds) {}

  /** Number of open connections. */
  get size(): number {
    return this.entries.size;
  }

  /** Counts a new connection. The server emits a connection again after it has ignored an upgrade. */
  add(socket: Socket): void {
    if (this.entries.has(socket)) return;
    const name = networkOf(socket.remoteAddress ?? 'unknown');
    const network = this.networks.get(name) ?? { name, count: 0, idle: new Set<Socket>() };
    this.networks.set(name, network);
    network.count += 1;
    this.entries.set(socket, { network, counts: true });
    this.markIdle(socket);
    socket.once('close', () => this.remove(socket));
    const { perAddress, total } = this.limits;
    if (perAddress > 0 && network.count > perAddress) this.closeOldest(network.idle);
    if (this.entries.size > total) this.closeOldest(this.idle);
  }

  /** Marks a connection whose complete request is in progress. */
  markBusy(socket: Socket): void {
    this.idle.delete(socket);
    this.entries.get(socket)?.network.idle.delete(socket);
  }

  /** Marks a connection whose request is answered. */
  markIdle(socket: Socket): void {
    const entry = this.entries.get(socket);
    if (!entry) return;
    this.idle.add(socket);
    entry.network.idle.add(socket);
  }

  /** Stops counting a connection by its address. Connections of signed-in users are limited by user. */
  exemptFromAddressLimit(socket: Socket): void {
    const entry = this.entries.get(socket);
    if (entry) this.uncount(entry);
  }

  /** Closes the idle connections. */
  closeIdle(): void {
    for (const socket of [...this.idle]) socket.destroy();
  }

  /** Closes every connection. */
  destroyAll(): void {
    for (const socket of [...this.entries.keys()]) socket.destroy();
  }

  private closeOldest(waiting: Set<Socket>): void {
    const [oldest] = waiting;
    if (!oldest) return;
    this.closedAtLimit += 1;
    this.markBusy(oldest);
    oldest.destroy();
  }

  private remove(socket: Socket): void {
    this.markBusy(socket);
    this.exemptFromAddressLimit(socket);
    this.entries.delete(socket);
  }

  private uncount(entry: Entry): void {
    if (!entry.counts) return;
    entry.counts = false;
    entry.network.count -= 1;
    if (entry.network.count === 0) this.networks.delete(entry.network.name);
  }
}
