import type { Socket } from 'node:net';
import { networkOf } from '../client-address';

/** Limits on connections. */
export interface SocketLimits {
  total: number;
  /** Counts addresses as `networkOf` tells them apart; 0 for no limit, behind a proxy. */
  perAddress: number;
}

interface Entry {
  network: string;
  /** Whether it counts for its address. */
  counts: boolean;
}

/** Connections of one address; those without a complete request are in order of age. */
interface Network {
  count: number;
  readonly waiting: Set<Socket>;
}

/**
 * Bounds open connections, in total and by address. At a limit the oldest connection without a complete request is
 * closed, so a new client always gets in.
 */
export class OpenSockets {
  private readonly entries = new Map<Socket, Entry>();
  private readonly networks = new Map<string, Network>();
  private readonly waiting = new Set<Socket>();
  /** Connections that were closed at a limit, for the metrics. */
  closed = 0;

  constructor(private readonly limits: SocketLimits) {}

  /** Connections that are open now. */
  get size(): number {
    return this.entries.size;
  }

  /** Counts a new connection. A server reports one again when it ignores an offer of another protocol. */
  open(socket: Socket): void {
    if (this.entries.has(socket)) return;
    const network = networkOf(socket.remoteAddress ?? 'unknown');
    const known = this.networks.get(network) ?? { count: 0, waiting: new Set<Socket>() };
    this.networks.set(network, known);
    known.count += 1;
    this.entries.set(socket, { network, counts: true });
    this.wait(socket);
    socket.once('close', () => this.forget(socket));
    const { perAddress, total } = this.limits;
    if (perAddress > 0 && known.count > perAddress) this.closeOldest(known.waiting);
    if (this.entries.size > total) this.closeOldest(this.waiting);
  }

  /** The connection has sent a complete request, which is being answered. */
  work(socket: Socket): void {
    this.waiting.delete(socket);
    this.networkOf(socket)?.waiting.delete(socket);
  }

  /** The request is answered; the connection may send another one. */
  wait(socket: Socket): void {
    if (!this.entries.has(socket)) return;
    this.waiting.add(socket);
    this.networkOf(socket)?.waiting.add(socket);
  }

  /** The connection is counted by its user from now on, and no longer by its address. */
  release(socket: Socket): void {
    const entry = this.entries.get(socket);
    if (entry) this.uncount(entry);
  }

  /** Closes the connections over which no complete request has come. */
  endWaiting(): void {
    for (const socket of [...this.waiting]) socket.destroy();
  }

  /** Closes every connection. */
  destroyAll(): void {
    for (const socket of [...this.entries.keys()]) socket.destroy();
  }

  private networkOf(socket: Socket): Network | undefined {
    const entry = this.entries.get(socket);
    return entry && this.networks.get(entry.network);
  }

  private closeOldest(waiting: Set<Socket>): void {
    const [oldest] = waiting;
    if (!oldest) return;
    this.closed += 1;
    this.work(oldest);
    oldest.destroy();
  }

  private forget(socket: Socket): void {
    this.work(socket);
    this.release(socket);
    this.entries.delete(socket);
  }

  private uncount(entry: Entry): void {
    if (!entry.counts) return;
    entry.counts = false;
    const known = this.networks.get(entry.network);
    if (!known) return;
    known.count -= 1;
    if (known.count === 0) this.networks.delete(entry.network);
  }
}
