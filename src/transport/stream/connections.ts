import { limitKey } from '../../policies';
import type { Authenticated } from '../authenticate';
import type { CloseReason, Connection } from './connection';

const TICK_MS = 1000;

/** All stream connections of this process, limited by user or API key, and by address, with one timer for all timeouts. */
export class Connections {
  private readonly open = new Set<Connection>();
  private readonly signedIn = new Map<Connection, string>();
  private readonly byCaller = new Map<string, number>();
  private readonly anonymous = new Map<Connection, string>();
  private readonly byAddress = new Map<string, number>();
  private readonly clock: NodeJS.Timeout;

  constructor(
    private readonly maxPerUser: number,
    private readonly maxAnonymousPerAddress: number,
  ) {
    this.clock = setInterval(() => this.tick(performance.now()), TICK_MS).unref();
  }

  /** Adds a new connection. */
  add(connection: Connection): void {
    this.open.add(connection);
  }

  /** Assigns a connection to its caller. False if the caller is at its limit, or the connection has closed meanwhile. */
  admit(connection: Connection, authenticated: Authenticated): boolean {
    const caller = limitKey(authenticated.actor);
    const count = this.byCaller.get(caller) ?? 0;
    if (count >= this.maxPerUser || !this.open.has(connection)) return false;
    this.byCaller.set(caller, count + 1);
    this.signedIn.set(connection, caller);
    connection.identify(authenticated);
    return true;
  }

  /** Counts a connection without a token toward the limit of its address. False if the address is at its limit. */
  admitAnonymous(connection: Connection): boolean {
    const { address } = connection;
    const count = this.byAddress.get(address) ?? 0;
    if (count >= this.maxAnonymousPerAddress || !this.open.has(connection)) return false;
    this.byAddress.set(address, count + 1);
    this.anonymous.set(connection, address);
    return true;
  }

  /** Removes a connection that has closed. */
  remove(connection: Connection): void {
    if (!this.open.delete(connection)) return;
    connection.close();
    const caller = this.signedIn.get(connection);
    if (caller !== undefined) decrement(this.byCaller, caller);
    this.signedIn.delete(connection);
    const address = this.anonymous.get(connection);
    if (address !== undefined) decrement(this.byAddress, address);
    this.anonymous.delete(connection);
  }

  /** Open connections, for the metrics. */
  [Symbol.iterator](): Iterator<Connection> {
    return this.open.values();
  }

  /** Closes all connections. */
  stop(reason: CloseReason): void {
    clearInterval(this.clock);
    for (const connection of [...this.open]) connection.terminate(reason);
  }

  private tick(now: number): void {
    for (const connection of [...this.open]) connection.tick(now);
  }
}

function decrement(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
