import type { Authenticated } from '../authenticate';
import type { Connection, Cut } from './connection';

const TICK_MS = 1000;

/** All connections of this process, counted by user, with one clock for all their time limits. */
export class Connections {
  private readonly open = new Set<Connection>();
  private readonly byUser = new Map<string, number>();
  private readonly anonymous = new Map<Connection, string>();
  private readonly byAddress = new Map<string, number>();
  private readonly clock: NodeJS.Timeout;

  constructor(
    private readonly mostPerUser: number,
    private readonly mostAnonymousPerAddress: number,
  ) {
    this.clock = setInterval(() => this.tick(performance.now()), TICK_MS).unref();
  }

  add(connection: Connection): void {
    this.open.add(connection);
  }

  /** Ties `connection` to its user; false where the user has too many, or the client has gone meanwhile. */
  admit(connection: Connection, authenticated: Authenticated): boolean {
    const { userId } = authenticated.actor;
    const count = this.byUser.get(userId) ?? 0;
    if (count >= this.mostPerUser || !this.open.has(connection)) return false;
    this.byUser.set(userId, count + 1);
    connection.identify(authenticated);
    return true;
  }

  /** Counts a connection without a token for its address; false if the address has too many. */
  admitAnonymous(connection: Connection): boolean {
    const { address } = connection;
    const count = this.byAddress.get(address) ?? 0;
    if (count >= this.mostAnonymousPerAddress || !this.open.has(connection)) return false;
    this.byAddress.set(address, count + 1);
    this.anonymous.set(connection, address);
    return true;
  }

  remove(connection: Connection): void {
    if (!this.open.delete(connection)) return;
    connection.close();
    const userId = connection.holder?.userId;
    if (userId !== undefined) decrement(this.byUser, userId);
    const address = this.anonymous.get(connection);
    if (address !== undefined) decrement(this.byAddress, address);
    this.anonymous.delete(connection);
  }

  /** Those that are open now, for the metrics. */
  [Symbol.iterator](): Iterator<Connection> {
    return this.open.values();
  }

  /** Ends all of them. */
  stop(reason: Cut): void {
    clearInterval(this.clock);
    for (const connection of [...this.open]) connection.cut(reason);
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
