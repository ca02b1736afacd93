import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolConnection, QueryError, QueryOptions } from 'mysql2';
import { isLockTimeout, isPreparedFull, RowLocked, StatementTimeout } from './faults';
import type { Health } from './health';
import type { PreparedStatements } from './prepared-statements';
import type { Value } from './rows';
import { Cancelled, onAbort } from './signals';
import type { KillRequest } from './statement-killer';

/** Time that an interrupted statement has to end before its connection is destroyed, in milliseconds. */
const INTERRUPT_TIMEOUT_MS = 1000;

type Callback = (error: QueryError | null, result?: unknown) => void;

/** Pool that a connection is released to. */
export interface ConnectionOwner {
  readonly health: Health;
  readonly prepared: PreparedStatements;
  /** Deadline of a statement, in milliseconds. */
  readonly timeoutMs: number;
  /** Returns a working connection. */
  release(connection: PoolConnection): void;
  /** Destroys a connection that may not work. */
  discard(connection: PoolConnection): void;
  /** Kills the connection or its statement, unless `hasEnded`. Resolves when the server has answered. */
  kill(connection: PoolConnection, kind: KillRequest['kind'], hasEnded?: () => boolean): Promise<void>;
  /**
   * Destroys connections that have been idle since `sentAt`, the time of a statement without an answer. They may be
   * as dead, and each would cost another deadline. Does nothing if the server has answered anything since.
   */
  destroyIdleSince(sentAt: number): void;
}

/** Connection of the pool, used by one statement or one transaction. */
export class AcquiredConnection {
  private returned = false;
  private underWay = 0;
  private interruption: Promise<boolean> | undefined;

  constructor(
    private readonly owner: ConnectionOwner,
    private readonly connection: PoolConnection,
  ) {}

  /** Sends one statement, prepared if possible. Killed on abort; the connection dies with the deadline. */
  async send(
    sql: string | QueryOptions,
    values: readonly Value[],
    signal?: AbortSignal,
    obeys: (signal: AbortSignal) => boolean = () => true,
  ): Promise<unknown> {
    const { prepared } = this.owner;
    const statement = typeof sql === 'string' ? { sql } : sql;
    const asText = (done: Callback) => this.connection.query(statement, values as Value[], done);
    const asPrepared = (done: Callback) => {
      const fallBack: Callback = (error, result) => {
        if (error && isPreparedFull(error)) {
          prepared.evictHalf(this.connection);
          asText(done);
        } else done(error, result);
      };
      // The driver copies an object of options slowly: 4 % of the CPU of a checkout.
      if (typeof sql === 'string') this.connection.execute(sql, values as Value[], fallBack);
      else this.connection.execute(sql, values as Value[], fallBack);
    };
    try {
      const isText = prepared.sendsAsText(this.connection, statement);
      return await this.answered(isText ? asText : asPrepared, signal, obeys);
    } catch (error) {
      throw isLockTimeout(error) && /\bNOWAIT\b/i.test(statement.sql) ? new RowLocked(error) : error;
    }
  }

  /** Sends a statement that begins or ends a transaction. */
  async control(sql: string): Promise<void> {
    await this.answered(done => this.connection.query(sql, done));
  }

  /** Returns the connection to the pool. Waits for an interrupted statement to end, or destroys the connection. */
  release(): void {
    if (this.returned) return;
    this.returned = true;
    if (this.interruption)
      void this.interruption.then(isUsable => (isUsable ? this.returnToPool() : this.discard()));
    else this.returnToPool();
  }

  /** Destroys the connection, and kills it on the server if a statement is running. */
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
      let onEnd: (() => void) | undefined;
      const sentAt = performance.now();
      const late = setTimeout(() => {
        forget?.();
        owner.destroyIdleSince(sentAt);
        this.destroy();
        reject(new StatementTimeout(owner.timeoutMs));
      }, owner.timeoutMs);
      const interrupt = () => {
        clearTimeout(late);
        const ended = new Promise<void>(resolve => {
          onEnd = resolve;
        });
        this.interruption = this.interrupt(ended);
        reject(new Cancelled());
      };
      const forget = signal && onAbort(signal, () => heeds(signal) && interrupt());
      this.underWay += 1;
      start((error, result) => {
        clearTimeout(late);
        forget?.();
        this.underWay -= 1;
        onEnd?.();
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

  /** Kills the running statement. Resolves to whether the connection can be used again. */
  private async interrupt(ended: Promise<void>): Promise<boolean> {
    const { owner, connection } = this;
    const late = new AbortController();
    const stopped = async () => {
      await Promise.all([ended, owner.kill(connection, 'QUERY', () => this.underWay === 0)]);
      // A KILL that arrives late would hit the next statement.
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
