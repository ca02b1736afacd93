import { columns, type Session } from '../database';
import { DomainEvent } from '../entities';
import { Where } from './where';

const e = columns(DomainEvent, 't');

/** Filter of the audit trail. */
export interface AuditFilter {
  userId?: string | null;
  accountId?: string | null;
  orderId?: string | null;
  subscriptionId?: string | null;
  types?: readonly string[] | null;
  since?: Date | null;
  until?: Date | null;
}

function whereOf({ userId, accountId, orderId, subscriptionId, types, since, until }: AuditFilter): Where {
  const where = new Where({ sql: `${e.seq} IS NOT NULL`, values: [] })
    .is(e.userId, userId)
    .is(e.accountId, accountId)
    .is(e.orderId, orderId)
    .is(e.subscriptionId, subscriptionId)
    .in(e.type, types);
  if (since) where.and(`${e.occurredAt} >= ?`, since);
  if (until) where.and(`${e.occurredAt} < ?`, until);
  return where;
}

/** Finds events with a number below `beforeSeq`, newest first. */
export function findEventsBefore(
  session: Session,
  filter: AuditFilter,
  beforeSeq: number,
  limit: number,
): Promise<DomainEvent[]> {
  const where = whereOf(filter).and(`${e.seq} < ?`, beforeSeq);
  return session.many(DomainEvent, `WHERE ${where.sql} ORDER BY ${e.seq} DESC LIMIT ${limit}`, where.values);
}

/** Counts the events that match. */
export function countEvents(session: Session, filter: AuditFilter): Promise<number> {
  const where = whereOf(filter);
  return session.count(DomainEvent, `WHERE ${where.sql}`, where.values);
}
