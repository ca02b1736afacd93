import type { Authenticated } from '../authenticate';
import type { Connection, Cut } from './connection';

const TICK_MS = 1000;

/** All connections of this process, counted by user, with one clock for all their time limits. */
export class Connections {
  private readonly open = new Set<Connection>();
  private readonly byUser = new Map<string, number>();
  private readonly clock: NodeJS.Timeout;

  constructor(private readonly mostPerUser: number) {
    this.clock = setInterval(() => this.tick(Date.now()), TICK_MS).unref();
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

  remove(connection: Connection): void {
    if (!this.open.delete(connection)) return;
    connection.close();
    const userId = connection.holder?.userId;
    if (userId === undefined) return;
    const left = (this.byUser.get(userId) ?? 1) - 1;
    if (left > 0) this.byUser.set(userId, left);
    else this.byUser.delete(userId);
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
