import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, QueryOptions } from 'mysql2';
import type { DataSource } from 'typeorm';
import type { AcquiredConnection } from './acquired-connection';
import { ConnectionPool, type PoolUsage } from './connection-pool';
import { DatabaseUnavailable, isConflict, isDatabaseFault, isOutage } from './faults';
import type { HealthListener } from './health';
import { type Readiness, readReadiness } from './readiness';
import { RetryBudget } from './retry-budget';
import { RowMapper, type Value } from './rows';
import { type Meter, Session } from './session';
import { Cancelled, onAbort, ReadTooLong } from './signals';
import { hasTimedOut, type Topic, Transaction } from './transaction';

/** Maximum time for retries of a read outside a request. Pollers retry by themselves; a stop does not wait. */
const MAX_BACKGROUND_OUTAGE_MS = 1000;
/** Share of the deadline of a statement after which a read that no index bounds is stopped. */
const READ_SHARE = 0.2;
/** Lifetime of a cached readiness check, in milliseconds. */
const READINESS_CACHE_MS = 1000;

/**
 * Entry point to the database: single statements, each in its own transaction, and units of work. A `Database` for
 * one request (`metered`) shares the pool and counts the statements of the request; its reads wait for a failover of
 * the cluster.
 */
export class Database extends Session {
  private probe: Promise<Readiness> | undefined;

  private constructor(
    private readonly source: DataSource,
    private readonly connections: ConnectionPool,
    mapper: RowMapper,
    meter: Meter,
    private readonly commits: EventEmitter,
    private readonly counts: { restarts: number },
    private readonly ofRequest = false,
    private readonly signal?: AbortSignal,
  ) {
    super(mapper, meter);
  }

  /** Creates a database over an initialized data source of `createDataSource`. */
  static over(source: DataSource): Database {
    const { pool } = source.driver as unknown as { pool: Pool };
    return new Database(
      source,
      ConnectionPool.of(pool),
      new RowMapper(source),
      { statements: 0 },
      new EventEmitter().setMaxListeners(0),
      { restarts: 0 },
    );
  }

  /** The same database with its own statement count. Statements stop when `signal` is aborted. */
  metered(signal?: AbortSignal): Database {
    const { source, connections, mapper, commits, counts } = this;
    return new Database(source, connections, mapper, { statements: 0 }, commits, counts, true, signal);
  }

  /** The same database and statement count. Retries reads until `signal` is aborted. */
  withSignal(signal: AbortSignal): Database {
    const { source, connections, mapper, meter, commits, counts } = this;
    return new Database(source, connections, mapper, meter, commits, counts, true, signal);
  }

  override async withinReadDeadline<R>(work: (session: Session) => Promise<R>): Promise<R> {
    const { signal } = this;
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(new ReadTooLong()), READ_SHARE * this.connections.timeoutMs);
    const forget = signal && onAbort(signal, () => end.abort(signal.reason));
    if (signal?.aborted) end.abort(signal.reason);
    try {
      return await work(this.withSignal(end.signal));
    } catch (error) {
      throw end.signal.reason instanceof ReadTooLong ? end.signal.reason : error;
    } finally {
      clearTimeout(timer);
      forget?.();
    }
  }

  /** Number of units of work that this process has restarted. */
  get restarts(): number {
    return this.counts.restarts;
  }

  /** Current usage of the pool. */
  get poolUsage(): PoolUsage {
    return this.connections.usage;
  }

  /** Calls `listener` after every commit that touched `topic`, in this process. */
  onCommit(topic: Topic, listener: () => void): void {
    this.commits.on(topic, listener);
  }

  /** Calls `listener` when the database becomes available or unavailable for this process. */
  onHealth(listener: HealthListener): void {
    this.connections.health.onChange(listener);
  }

  /** Checks reads, writes and missing migrations. Cached for a second, because anybody can request it. */
  readiness(deadlineMs: number): Promise<Readiness> {
    const { health } = this.connections;
    this.probe ??= readReadiness(
      this.metered(AbortSignal.timeout(deadlineMs)),
      this.source,
      health,
      deadlineMs,
    ).finally(() => {
      setTimeout(() => {
        this.probe = undefined;
      }, READINESS_CACHE_MS).unref();
    });
    return this.probe;
  }

  /** Closes the connections. Waits up to `graceMs` for running statements, then destroys them. */
  async close(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.connections.destroyAll(), graceMs);
    await Promise.race([this.source.destroy(), sleep(graceMs + 100, undefined, { ref: false })]);
    clearTimeout(timer);
  }

  /**
   * Runs `work` as one unit of work. Restarts all of it in a fresh transaction after a deadlock, a failed
   * certification, a lost connection or a COMMIT of unknown outcome, and waits for an unavailable database, within
   * limits. `work` can run several times, also after it was committed: it must have no effects but conditional or
   * keyed writes through its transaction. Other errors roll back and are rethrown. Throws DatabaseUnavailable when
   * the limits are exhausted.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const patience = new RetryBudget();
    for (;;) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (this.signal?.aborted || !(await patience.allowsRetry(error))) throw unavailable(error);
        this.counts.restarts += 1;
      }
    }
  }

  /** Runs `work` as one unit of work, once. Its outcome is unknown when it fails, as in `transaction`. */
  async transactionOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.attempt(work);
    } catch (error) {
      this.counts.restarts += 1;
      throw error;
    }
  }

  protected override send(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown> {
    return super.send(sql, values).catch(error => this.retrySend(sql, values, error));
  }

  /** Destroys the connection after an outage: it may lead to a node that has left its cluster. */
  protected override async sendOnce(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown> {
    const connection = await this.connections.acquire(this.signal);
    try {
      const result = await connection.send(sql, values, this.signal);
      connection.release();
      return result;
    } catch (error) {
      if (isOutage(error)) connection.destroy();
      else connection.release();
      throw error;
    }
  }

  /** Retries after a conflict, which the server undid. After an outage only reads: its outcome is unknown. */
  private async retrySend(sql: string | QueryOptions, values: readonly Value[], first: unknown) {
    const reads = /^\s*SELECT/.test(typeof sql === 'string' ? sql : sql.sql);
    const patience = this.ofRequest ? new RetryBudget() : new RetryBudget(MAX_BACKGROUND_OUTAGE_MS);
    let error = first;
    while (isConflict(error) || (reads && isOutage(error))) {
      if (this.signal?.aborted || !(await patience.allowsRetry(error))) break;
      try {
        return await super.send(sql, values);
      } catch (another) {
        error = another;
      }
    }
    throw unavailable(error);
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { signal } = this;
    const connection = await this.connections.acquire(signal);
    const tx = new Transaction(this.mapper, this.meter, connection, signal);
    try {
      await tx.begin();
      const result = await work(tx);
      await tx.flush();
      if (signal && hasTimedOut(signal)) throw new Cancelled();
      await tx.commit();
      connection.release();
      for (const topic of tx.touched) this.commits.emit(topic);
      return result;
    } catch (error) {
      if (signal && hasTimedOut(signal)) connection.destroy();
      else await rollBackOrDestroy(tx, connection, error);
      throw error;
    }
  }
}

const unavailable = (error: unknown) =>
  isDatabaseFault(error) && !(error instanceof DatabaseUnavailable) ? new DatabaseUnavailable(error) : error;

/** Rolls back and releases the connection, or destroys it. */
async function rollBackOrDestroy(
  tx: Transaction,
  connection: AcquiredConnection,
  cause: unknown,
): Promise<void> {
  if (isOutage(cause)) return connection.destroy();
  try {
    await tx.rollback();
    connection.release();
  } catch {
    connection.destroy();
  }
}
