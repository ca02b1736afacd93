import type { PoolConnection, QueryError, QueryOptions } from 'mysql2';
import type { Connections } from './connections';
import { isLockTimeout, isPreparedFull, RowLocked, StatementTimeout } from './faults';
import type { Value } from './rows';
import { Cancelled, whenAborted } from './signals';

type Callback = (error: QueryError | null, result?: unknown) => void;

/** One connection of the pool, in the hands of one statement or one transaction. */
export class Lent {
  private returned = false;

  constructor(
    private readonly owner: Connections,
    private readonly connection: PoolConnection,
  ) {}

  /**
   * Sends one statement, prepared where there is room for it. The connection is destroyed, and the statement stopped on
   * the server, when the deadline is missed or `signal` is aborted.
   */
  async send(
    sql: string | QueryOptions,
    values: readonly Value[],
    signal?: AbortSignal,
    heeds: (signal: AbortSignal) => boolean = () => true,
  ): Promise<unknown> {
    const { prepared } = this.owner;
    const statement = typeof sql === 'string' ? { sql } : sql;
    const asText = (done: Callback) => this.connection.query(statement, values as Value[], done);
    const asPrepared = (done: Callback) =>
      this.connection.execute(statement, values as Value[], (error, result) => {
        if (error && isPreparedFull(error)) {
          prepared.makeRoom(this.connection);
          asText(done);
        } else done(error, result);
      });
    try {
      const isText = prepared.goesAsText(this.connection, statement);
      return await this.answered(isText ? asText : asPrepared, signal, heeds);
    } catch (error) {
      throw isLockTimeout(error) && /\bNOWAIT\b/i.test(statement.sql) ? new RowLocked(error) : error;
    }
  }

  /** Sends what begins or ends a transaction. */
  async control(sql: string): Promise<void> {
    await this.answered(done => this.connection.query(sql, done));
  }

  /** Returns the connection to the pool. */
  release(): void {
    if (this.returned) return;
    this.returned = true;
    this.owner.takeBack(this.connection);
  }

  /** Destroys the connection. */
  cut(): void {
    if (this.returned) return;
    this.returned = true;
    this.owner.discard(this.connection);
  }

  private answered(
    start: (done: Callback) => void,
    signal?: AbortSignal,
    heeds: (signal: AbortSignal) => boolean = () => true,
  ): Promise<unknown> {
    const { owner } = this;
    return new Promise((resolve, reject) => {
      const stop = (why: Error) => {
        end();
        this.cut();
        owner.stop(this.connection);
        reject(why);
      };
      const sentAt = performance.now();
      const late = setTimeout(() => {
        const fault = new StatementTimeout(owner.timeoutMs);
        owner.suspect(sentAt, fault);
        stop(fault);
      }, owner.timeoutMs);
      const forget = signal && whenAborted(signal, () => heeds(signal) && stop(new Cancelled()));
      const end = () => {
        clearTimeout(late);
        forget?.();
      };
      start((error, result) => {
        end();
        if (error) {
          owner.health.failed(error);
          reject(error);
        } else {
          owner.health.answered(Boolean((result as { affectedRows?: number } | undefined)?.affectedRows));
          resolve(result);
        }
      });
    });
  }
}
