import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolConnection, QueryError, QueryOptions } from 'mysql2';
import { isLockTimeout, isPreparedFull, RowLocked, StatementTimeout } from './faults';
import type { Health } from './health';
import type { PreparedStatements } from './prepared-statements';
import type { Value } from './rows';
import { Cancelled, onAbort } from './signals';
import type { KillRequest } from './statement-killer';

/** Time in which an interrupted statement ends, in milliseconds; after it the connection is destroyed. */
const INTERRUPT_TIMEOUT_MS = 1000;

type Callback = (error: QueryError | null, result?: unknown) => void;

/** Owner of a connection, to whom it goes back. */
export interface ConnectionOwner {
  readonly health: Health;
  readonly prepared: PreparedStatements;
  /** Deadline of a statement. */
  readonly timeoutMs: number;
  /** Puts a connection back that works. */
  release(connection: PoolConnection): void;
  /** Destroys a connection that may not work. */
  discard(connection: PoolConnection): void;
  /**
   * Ends on the server what `connection` is to it, or only the statement under way unless `isOver`. Resolves when the
   * server has answered, or cannot be asked.
   */
  kill(connection: PoolConnection, kind: KillRequest['kind'], isOver?: () => boolean): Promise<void>;
  /**
   * A statement sent at `sentAt` got no answer. Where the server has answered nothing else since, connections that were
   * idle since before then may be as dead, and each would cost another deadline: they are replaced.
   */
  destroyIdleSince(sentAt: number): void;
}

/** One connection of the pool, in the hands of one statement or one transaction. */
export class AcquiredConnection {
  private returned = false;
  private underWay = 0;
  private interruption: Promise<boolean> | undefined;

  constructor(
    private readonly owner: ConnectionOwner,
    private readonly connection: PoolConnection,
  ) {}

  /**
   * Sends one statement, prepared where there is room for it. The statement is stopped on the server when `signal`
   * is aborted, and with its connection when the deadline is missed.
   */
  async send(
    sql: string | QueryOptions,
    values: readonly Value[],
    signal?: AbortSignal,
    obeys: (signal: AbortSignal) => boolean = () => true,
  ): Promise<unknown> {
    const { prepared } = this.owner;
    const statement = typeof sql === 'string' ? { sql } : sql;
    const asText = (done: Callback) => this.connection.query(statement, values as Value[], done);
    const asPrepared = (done: Callback) =>
      this.connection.execute(statement, values as Value[], (error, result) => {
        if (error && isPreparedFull(error)) {
          prepared.evictHalf(this.connection);
          asText(done);
        } else done(error, result);
      });
    try {
      const isText = prepared.sendsAsText(this.connection, statement);
      return await this.answered(isText ? asText : asPrepared, signal, obeys);
    } catch (error) {
      throw isLockTimeout(error) && /\bNOWAIT\b/i.test(statement.sql) ? new RowLocked(error) : error;
    }
  }

  /** Sends what begins or ends a transaction. */
  async control(sql: string): Promise<void> {
    await this.answered(done => this.connection.query(sql, done));
  }

  /** Returns the connection to the pool. What was interrupted ends first, or the connection is destroyed. */
  release(): void {
    if (this.returned) return;
    this.returned = true;
    if (this.interruption)
      void this.interruption.then(isUsable => (isUsable ? this.returnToPool() : this.discard()));
    else this.returnToPool();
  }

  /** Destroys the connection, and ends on the server what is under way. */
  destroy(): void {
    if (this.returned) return;
    this.returned = true;
    this.discard();
  }

  private returnToPool(): void {
    this.owner.release(this.connection);
  }

  private discard(): void {
    this.owner.discard(this.connection);
    if (this.underWay > 0) void this.owner.kill(this.connection, 'CONNECTION');
  }

  private answered(
    start: (done: Callback) => void,
    signal?: AbortSignal,
    heeds: (signal: AbortSignal) => boolean = () => true,
  ): Promise<unknown> {
    const { owner } = this;
    return new Promise((resolve, reject) => {
      let onEnd: () => void = () => undefined;
      const ended = new Promise<void>(resolve => {
        onEnd = resolve;
      });
      const sentAt = performance.now();
      const late = setTimeout(() => {
        forget?.();
        owner.destroyIdleSince(sentAt);
        this.destroy();
        reject(new StatementTimeout(owner.timeoutMs));
      }, owner.timeoutMs);
      const interrupt = () => {
        clearTimeout(late);
        this.interruption = this.interrupt(ended);
        reject(new Cancelled());
      };
      const forget = signal && onAbort(signal, () => heeds(signal) && interrupt());
      this.underWay += 1;
      start((error, result) => {
        clearTimeout(late);
        forget?.();
        this.underWay -= 1;
        onEnd();
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

  /** Stops the statement that is under way. Resolves to whether the connection can be used again. */
  private async interrupt(ended: Promise<void>): Promise<boolean> {
    const { owner, connection } = this;
    const late = new AbortController();
    const stopped = async () => {
      await Promise.all([ended, owner.kill(connection, 'QUERY', () => this.underWay === 0)]);
      // An interruption that came after the end would meet the next statement.
      return new Promise<boolean>(resolve => connection.query('DO 0', error => resolve(!error?.fatal)));
    };
    const tooLate = sleep(INTERRUPT_TIMEOUT_MS, false, { signal: late.signal }).catch(() => false);
    try {
      return await Promise.race([stopped(), tooLate]);
    } finally {
      late.abort();
    }
  }
}
