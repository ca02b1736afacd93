import type { PoolConnection, QueryOptions } from 'mysql2';

/** Names of the driver's own fields: it shows neither what is prepared nor how to close it early. */
interface DriverConnection {
  _statements: {
    size: number;
    has(key: string): boolean;
    evict(number: number): void;
  };
  constructor: { statementKey(options: QueryOptions): string };
}

/** Time for which nothing new is prepared after the server had no room, in milliseconds. */
const SEND_TEXT_MS = 30_000;

/**
 * Decides which statements are prepared. A server has room for `max_prepared_stmt_count` statements of all its clients;
 * when it is full (1461), the connection closes half of its own, and statements go as text for a while.
 */
export class PreparedStatements {
  private sendTextUntil = 0;
  private refused = 0;

  /** @param perConnection statements that one connection keeps prepared; 0 prepares nothing. */
  constructor(readonly perConnection: number) {}

  /** Number of times that the server had no room for another prepared statement. */
  get refusals(): number {
    return this.refused;
  }

  /** Whether `statement` goes as text over `connection`. */
  sendsAsText(connection: PoolConnection, statement: QueryOptions): boolean {
    if (this.perConnection > 0 && performance.now() >= this.sendTextUntil) return false;
    const driver = connection as unknown as DriverConnection;
    return !driver._statements.has(driver.constructor.statementKey(statement));
  }

  /** Makes room after the server refused to prepare a statement on `connection`. */
  evictHalf(connection: PoolConnection): void {
    this.refused += 1;
    this.sendTextUntil = performance.now() + SEND_TEXT_MS;
    const { _statements: statements } = connection as unknown as DriverConnection;
    statements.evict(Math.ceil(statements.size / 2));
  }
}

/** Statements that `connection` keeps prepared now. */
export function preparedOn(connection: unknown): number {
  return (connection as DriverConnection)._statements.size;
}
