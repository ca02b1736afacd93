import type { Logger } from 'pino';
import { columns, type Database } from '../database';
import { DomainEvent } from '../entities';

const e = columns(DomainEvent);

/** Maximum number of events removed in one statement, to keep its locks short. */
const BATCH = 500;
/** ER_TABLEACCESS_DENIED_ERROR. */
const TABLE_DENIED = 1142;

/** The command runs once a day, so an event can be a day overdue. */
const GRACE_DAYS = 2;
const OVERDUE =
  'events are older than EVENT_RETENTION_DAYS, and the user of DATABASE_URL may not remove them: ' +
  'run `npm run remove-old-events` once a day as the owner of the tables';

/**
 * Removes a batch of events older than `days`, by the database's clock. Starts at the lowest number and stops at the first
 * younger event, so that the log has no gap. Never removes events without a number. Resolves to the number of removed events,
 * and whether there may be more.
 */
export async function removeOldEvents(
  db: Database,
  days: number,
): Promise<{ removed: number; more: boolean }> {
  const oldest = await db.rows<{ seq: number; old: number }>(
    `SELECT ${e.seq}, ${e.occurredAt} < NOW(3) - INTERVAL ? DAY AS old
     FROM ${e.table} WHERE ${e.seq} IS NOT NULL ORDER BY ${e.seq} LIMIT ${BATCH}`,
    [days],
  );
  const firstKept = oldest.findIndex(({ old }) => !old);
  const removed = firstKept < 0 ? oldest.length : firstKept;
  const last = oldest[removed - 1];
  if (last) await db.execute(`DELETE FROM ${e.table} WHERE ${e.seq} <= ?`, [last.seq]);
  return { removed, more: removed === BATCH };
}

/** Retention by a gateway. One whose database user must not alter the audit trail warns once if a removal is overdue. */
export class EventRetention {
  private warned = false;

  constructor(
    private readonly db: Database,
    private readonly days: number,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** Removes a batch if the database user may. Resolves to whether there may be more. */
  async run(): Promise<boolean> {
    try {
      return (await removeOldEvents(this.db, this.days)).more;
    } catch (error) {
      if ((error as { errno?: number }).errno !== TABLE_DENIED) throw error;
      await this.warnWhenOverdue();
      return false;
    }
  }

  private async warnWhenOverdue(): Promise<void> {
    if (this.warned) return;
    const [oldest] = await this.db.rows<{ overdue: number }>(
      `SELECT ${e.occurredAt} < NOW(3) - INTERVAL ? DAY AS overdue
       FROM ${e.table} WHERE ${e.seq} IS NOT NULL ORDER BY ${e.seq} LIMIT 1`,
      [this.days + GRACE_DAYS],
    );
    this.warned = Boolean(oldest?.overdue);
    if (this.warned) this.log.warn({ days: this.days }, OVERDUE);
  }
}
