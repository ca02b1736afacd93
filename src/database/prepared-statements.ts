import type { PoolConnection, QueryOptions } from 'mysql2';

/** Private fields of the driver, which has no public API to list prepared statements or to close them early. */
interface DriverConnection {
  _statements: {
    size: number;
    has(key: string): boolean;
    evict(number: number): void;
  };
  constructor: { statementKey(options: QueryOptions): string };
}

/** Time without new prepared statements after the server refused one, in milliseconds. */
const SEND_TEXT_MS = 30_000;

/**
 * Decides which statements are prepared. `max_prepared_stmt_count` limits the prepared statements of all clients. At
 * the limit (errno 1461) the connection closes half of its own, and new statements are sent as text for a while.
 */
export class PreparedStatements {
  private sendTextUntil = 0;
  private refused = 0;

  /** @param perConnection maximum number of prepared statements per connection. 0 disables them. */
  constructor(readonly perConnection: number) {}

  /** Number of times that the server refused another prepared statement. */
  get refusals(): number {
    return this.refused;
  }

  /** Whether to send `statement` as text over `connection`. */
  sendsAsText(connection: PoolConnection, statement: QueryOptions): boolean {
    if (this.perConnection > 0 && performance.now() >= this.sendTextUntil) return false;
    const driver = connection as unknown as DriverConnection;
    return !driver._statements.has(driver.constructor.statementKey(statement));
  }

  /** Closes half of the prepared statements of `connection` after the server refused another one. */
  evictHalf(connection: PoolConnection): void {
    this.refused += 1;
    this.sendTextUntil = performance.now() + SEND_TEXT_MS;
    const { _statements: statements } = connection as unknown as DriverConnection;
    statements.evict(Math.ceil(statements.size / 2));
  }
}

/** Current number of prepared statements of `connection`. */
export function preparedOn(connection: unknown): number {
  return (connection as DriverConnection)._statements.size;
}
