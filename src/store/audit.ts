import { columns, type Session } from '../database';
import { DomainEvent } from '../entities';
import { whereConcerns } from './audit-object';
import { findPlannedPage } from './find-page';
import type { Page, PageRequest } from './page';
import { type Order } from './sort-order';
import { Where } from './where';

const e = columns(DomainEvent, 't');

/** Filter of the audit trail. */
export interface AuditFilter {
  userId?: string | null;
  accountId?: string | null;
  orderId?: string | null;
  subscriptionId?: string | null;
  /** Id of any object with `hasAuditEntries`. */
  objectId?: string | null;
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

const NEWEST: Order<DomainEvent> = { name: 'audit', direction: 'DESC', column: 'seq' };

/** Finds a page of events, newest first. */
export async function findEventsPage(
  session: Session,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Page<DomainEvent>> {
  const where = whereOf(filter);
  if (filter.objectId) await whereConcerns(session, where, filter.objectId);
  return findPlannedPage(session, DomainEvent, where, NEWEST, page);
}
