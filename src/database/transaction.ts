import type { QueryOptions } from 'mysql2';
import type { AcquiredConnection } from './acquired-connection';
import type { RowMapper, Value } from './rows';
import { type Meter, Session } from './session';
import { TimedOut } from './signals';

/** What other parts of the process want to hear of when a transaction that touched it has committed. */
export type Topic = 'events' | 'operations' | 'catalog' | 'deliveries';

/** One unit of work. Everything that is sent through it is committed together, or not at all. */
export class Transaction extends Session {
  /** Announced when the transaction has committed. */
  readonly touched = new Set<Topic>();
  protected override readonly inTransaction = true;
  private readonly beforeCommitWrites: (() => Promise<void>)[] = [];

  constructor(
    mapper: RowMapper,
    meter: Meter,
    private readonly lent: AcquiredConnection,
    private readonly signal?: AbortSignal,
  ) {
    super(mapper, meter);
  }

  protected override sendOnce(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown> {
    return this.lent.send(sql, values, this.signal, hasTimedOut);
  }

  /** Runs `write` as part of the transaction, after all else. */
  beforeCommit(write: () => Promise<void>): void {
    this.beforeCommitWrites.push(write);
  }

  /** @internal */
  async begin(): Promise<void> {
    await this.control('START TRANSACTION');
  }

  /** @internal What was left for the end. */
  async flush(): Promise<void> {
    for (const write of this.beforeCommitWrites) await write();
  }

  /** @internal */
  async commit(): Promise<void> {
    await this.control('COMMIT');
  }

  /** @internal */
  async rollback(): Promise<void> {
    await this.control('ROLLBACK');
  }

  private control(sql: string): Promise<void> {
    this.meter.statements += 1;
    return this.lent.control(sql);
  }
}

/**
 * Whether the client was told that the time is over, and counts on it that nothing was done. A client that leaves does not
 * undo the work.
 */
export const hasTimedOut = (signal: AbortSignal) => signal.reason instanceof TimedOut;
