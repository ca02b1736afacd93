import { EventEmitter } from 'node:events';
import type { Pool, PoolConnection, QueryOptions } from 'mysql2';
import type { DataSource } from 'typeorm';
import { Cancelled, pooled, stopOnTimeout, TimedOut } from './cancellable';
import { isConflict, isOutage } from './faults';
import { Patience } from './patience';
import { type PoolUse, poolUse } from './pool-use';
import { RowMapper, type Value } from './rows';
import { type Channel, type Meter, Session } from './session';
import { type Topic, Transaction } from './transaction';

/**
 * The database: statements of their own, each in its own transaction, and units of work. A `Database` for one request
 * (`metered`) shares the pool and counts what the request sends; its reads wait for a database that moves from one node
 * of its cluster to another, while whoever polls rather looks again later.
 */
export class Database extends Session {
  private constructor(
    private readonly source: DataSource,
    mapper: RowMapper,
    meter: Meter,
    private readonly commits: EventEmitter,
    private readonly counts: { restarts: number },
    private readonly ofRequest = false,
    private readonly signal?: AbortSignal,
  ) {
    super(mapper, meter);
  }

  /** Over a data source that has been initialized. */
  static over(source: DataSource): Database {
    return new Database(
      source,
      new RowMapper(source),
      { statements: 0 },
      new EventEmitter().setMaxListeners(0),
      { restarts: 0 },
    );
  }

  /** The same database with a count of its own, whose statements stop when `signal` is aborted. */
  metered(signal?: AbortSignal): Database {
    return new Database(this.source, this.mapper, { statements: 0 }, this.commits, this.counts, true, signal);
  }

  /** The same database and count, whose reads are those of a request and stop when `signal` is aborted. */
  within(signal: AbortSignal): Database {
    return new Database(this.source, this.mapper, this.meter, this.commits, this.counts, true, signal);
  }

  /** How many units of work of this process were begun again, for the metrics. */
  get restarts(): number {
    return this.counts.restarts;
  }

  /** How much of the pool is used now, for the metrics. */
  get poolUse(): PoolUse {
    return poolUse(this.pool);
  }

  /** Calls `listener` after every commit that touched `topic`, in this process. */
  onCommit(topic: Topic, listener: () => void): void {
    this.commits.on(topic, listener);
  }

  /**
   * Runs `work` as one unit. A deadlock, a failed certification, a lost connection or a COMMIT of unknown outcome begins
   * all of it again with a fresh transaction, and a database that is away is waited for, up to a bound. So `work` may run
   * several times, also after it was committed: it must have no effect but through its transaction, by writes that are
   * conditional or keyed. Anything else that it throws rolls back and is thrown on.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const patience = new Patience();
    for (;;) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (this.signal?.aborted || !(await patience.allows(error))) throw error;
        this.counts.restarts += 1;
      }
    }
  }

  protected override send(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown> {
    return super.send(sql, values).catch(error => this.sendAgain(sql, values, error));
  }

  protected override channel(): Channel {
    return pooled(this.pool, this.signal);
  }

  /** After a conflict nothing is done; after an outage nobody knows, so only what reads is repeated. */
  private async sendAgain(sql: string | QueryOptions, values: readonly Value[], first: unknown) {
    const reads = this.ofRequest && /^\s*SELECT/.test(typeof sql === 'string' ? sql : sql.sql);
    const patience = new Patience();
    let error = first;
    while (isConflict(error) || (reads && isOutage(error))) {
      if (this.signal?.aborted || !(await patience.allows(error))) break;
      try {
        return await super.send(sql, values);
      } catch (another) {
        error = another;
      }
    }
    throw error;
  }

  private get pool(): Pool {
    return (this.source.driver as unknown as { pool: Pool }).pool;
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { signal } = this;
    if (signal?.aborted) throw new Cancelled();
    const connection = await this.connect();
    const tx = new Transaction(this.mapper, this.meter, connection);
    // A client that leaves does not undo what it has asked for; one that was told that the time is over may count on it.
    const isLate = () => signal?.reason instanceof TimedOut;
    const unwatch = signal && stopOnTimeout(this.pool, connection, signal);
    try {
      await tx.begin();
      const result = await work(tx);
      await tx.flush();
      if (isLate()) throw new Cancelled();
      unwatch?.();
      await tx.commit();
      connection.release();
      for (const topic of tx.touched) this.commits.emit(topic);
      return result;
    } catch (error) {
      unwatch?.();
      if (isLate()) connection.destroy();
      else await abandon(tx, connection, error);
      throw error;
    }
  }

  private connect(): Promise<PoolConnection> {
    return (
      this.source.driver as unknown as { obtainMasterConnection(): Promise<PoolConnection> }
    ).obtainMasterConnection();
  }
}

/** Gives the connection back clean, or not at all. */
async function abandon(tx: Transaction, connection: PoolConnection, cause: unknown): Promise<void> {
  if (isOutage(cause)) return connection.destroy();
  try {
    await tx.rollback();
    connection.release();
  } catch {
    connection.destroy();
  }
}
