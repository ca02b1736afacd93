import type { QueryOptions } from 'mysql2';
import type { AcquiredConnection } from './acquired-connection';
import type { RowMapper, Value } from './rows';
import { type Meter, Session } from './session';
import { TimedOut } from './signals';

/** Topic that a transaction can announce to other parts of the process when it commits. */
export type Topic = 'events' | 'operations' | 'catalog' | 'deliveries' | 'mails';

/** Unit of work. All statements are committed together, or none. */
export class Transaction extends Session {
  /** Topics to announce after the commit. */
  readonly touched = new Set<Topic>();
  protected override readonly inTransaction = true;
  private readonly beforeCommitWrites: (() => Promise<void>)[] = [];

  constructor(
    mapper: RowMapper,
    meter: Meter,
    private readonly connection: AcquiredConnection,
    private readonly signal?: AbortSignal,
  ) {
    super(mapper, meter);
  }

  protected override sendOnce(sql: string | QueryOptions, values: readonly Value[]): Promise<unknown> {
    return this.connection.send(sql, values, this.signal, hasTimedOut);
  }

  /** Runs `write` within the transaction, right before its COMMIT. */
  beforeCommit(write: () => Promise<void>): void {
    this.beforeCommitWrites.push(write);
  }

  /** @internal */
  async begin(): Promise<void> {
    await this.control('START TRANSACTION');
  }

  /** @internal Runs the writes of `beforeCommit`. */
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
    return this.connection.control(sql);
  }
}

/** Whether the client was told of a timeout, so the work must not be committed, unlike after a disconnect. */
export const hasTimedOut = (signal: AbortSignal) => signal.reason instanceof TimedOut;
