import type { Socket } from 'node:net';
import type { ConnectionOptions, Pool, PoolConnection } from 'mysql2';
import { AcquiredConnection, type ConnectionOwner } from './acquired-connection';
import { ConnectionFailed, PoolExhausted } from './faults';
import { Health } from './health';
import { PreparedStatements, preparedOn } from './prepared-statements';
import { identityOf } from './server-identity';
import { Cancelled, onAbort } from './signals';
import { type KillRequest, StatementKiller } from './statement-killer';

/** Connections of a pool by use. */
export interface PoolUsage {
  inUse: number;
  idle: number;
  /** Callers that wait for a connection. */
  waiting: number;
  limit: number;
  /** Prepared statements on the server, of all connections. */
  prepared: number;
  /** Number of times that the server refused another prepared statement. */
  preparedRefused: number;
}

/** Private fields of the driver's pool, which has no public API for its connections. */
interface PoolInternals {
  config: { connectionLimit: number };
  _allConnections: ConnectionList;
  _freeConnections: ConnectionList;
}

interface ConnectionList {
  length: number;
  get(index: number): PoolConnection;
}

interface Waiter {
  take(connection: PoolConnection): void;
  fail(error: unknown): void;
}

const pools = new WeakMap<Pool, ConnectionPool>();

/** Pool with deadlines for waits and statements. Callers queue here: the driver's queue has no deadlines and no signals. */
export class ConnectionPool implements ConnectionOwner {
  readonly health = new Health();
  readonly prepared: PreparedStatements;
  private readonly killer: StatementKiller;
  private readonly waiting = new Set<Waiter>();
  private readonly returnedAt = new WeakMap<PoolConnection, number>();
  private acquired = 0;

  /** @param timeoutMs deadline of a statement. */
  constructor(
    private readonly pool: Pool,
    options: ConnectionOptions,
    readonly timeoutMs: number,
    perConnection: number,
  ) {
    this.prepared = new PreparedStatements(perConnection);
    this.killer = new StatementKiller(options, error => this.health.failed(new ConnectionFailed(error)));
    pools.set(pool, this);
  }

  /** Pool that `createDataSource` created for a driver's pool. */
  static of(pool: Pool): ConnectionPool {
    const found = pools.get(pool);
    if (!found) throw new Error('The pool was not created by createDataSource.');
    return found;
  }

  /** Acquires a connection. Rejects when none is free within the deadline, or when `signal` is aborted. */
  acquire(signal?: AbortSignal): Promise<AcquiredConnection> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Cancelled());
      let open = true;
      const settle = () => {
        open = false;
        clearTimeout(timer);
        unsubscribe?.();
        this.waiting.delete(waiter);
      };
      const waiter: Waiter = {
        take: connection => {
          if (!open) return this.release(connection);
          settle();
          resolve(new AcquiredConnection(this, connection));
        },
        fail: error => {
          if (!open) return;
          settle();
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.fail(new PoolExhausted(this.waitMs)), this.waitMs);
      const unsubscribe = signal && onAbort(signal, () => waiter.fail(new Cancelled()));
      if (this.acquired < this.limit) this.open(waiter);
      else this.waiting.add(waiter);
    });
  }

  release(connection: PoolConnection): void {
    this.returnedAt.set(connection, performance.now());
    connection.release();
    this.onReturned();
  }

  discard(connection: PoolConnection): void {
    destroy(connection);
    this.onReturned();
  }

  kill(connection: PoolConnection, kind: KillRequest['kind'], hasEnded = () => false): Promise<void> {
    const { threadId } = connection;
    const server = identityOf(connection);
    // Without an identity the server has not answered over this connection yet, so no statement is running.
    if (threadId === null || server === undefined) return Promise.resolve();
    return new Promise(done => this.killer.kill({ kind, threadId, server, hasEnded, done }));
  }

  destroyIdleSince(sentAt: number): void {
    if (this.health.hasAnswered(sentAt)) return;
    for (const connection of copyOf(this.internals._freeConnections)) {
      if ((this.returnedAt.get(connection) ?? 0) <= sentAt) destroy(connection);
    }
  }

  /** Destroys the pool of a data source that failed to connect. */
  destroyPool(): void {
    this.destroyAll();
    this.pool.end(() => undefined);
  }

  /** Destroys every connection, busy or idle. */
  destroyAll(): void {
    for (const connection of copyOf(this.internals._allConnections)) destroy(connection);
  }

  /** Current usage of the pool. */
  get usage(): PoolUsage {
    const { _allConnections: connections, _freeConnections: free, config } = this.internals;
    return {
      inUse: connections.length - free.length,
      idle: free.length,
      waiting: this.waiting.size,
      limit: config.connectionLimit,
      prepared: copyOf(connections).reduce((sum, connection) => sum + preparedOn(connection), 0),
      preparedRefused: this.prepared.refusals,
    };
  }

  /** Maximum wait for a connection, in milliseconds. Long enough to replace silent connections meanwhile. */
  private get waitMs(): number {
    return 2 * this.timeoutMs;
  }

  private get internals(): PoolInternals {
    return this.pool as unknown as PoolInternals;
  }

  private get limit(): number {
    return this.internals.config.connectionLimit;
  }

  private open(waiter: Waiter): void {
    this.acquired += 1;
    this.pool.getConnection((error, connection) => {
      if (!error) return waiter.take(connection);
      const failed = new ConnectionFailed(error);
      this.health.failed(failed);
      waiter.fail(failed);
      this.onReturned();
    });
  }

  private onReturned(): void {
    this.acquired -= 1;
    const [next] = this.waiting;
    if (!next) return;
    this.waiting.delete(next);
    this.open(next);
  }
}

/** Copies the list, because destroying a connection removes it. */
const copyOf = (list: ConnectionList) => Array.from({ length: list.length }, (_, index) => list.get(index));

/** Destroys the socket too: the driver only half-closes it, which a dead peer never acknowledges. */
function destroy(connection: PoolConnection): void {
  connection.destroy();
  (connection as unknown as { stream: Socket }).stream.destroy();
}
