import { DomainEvent } from '../../entities';
import { requestError } from '../../errors';
import { mayReadAudit } from '../../policies';
import { type Page, type PageRequest, pageSize } from '../../store';
import type { ActorContext } from '../context';
import { Where } from '../lists/condition';

/** Which entries of the audit trail. */
export interface AuditSearch extends PageRequest {
  userId?: string | null;
  accountId?: string | null;
  orderId?: string | null;
  subscriptionId?: string | null;
  types?: readonly string[] | null;
  since?: Date | null;
  until?: Date | null;
}

const TYPE = /^[a-z.-]{1,40}$/;
const CURSOR = /^a(\d{1,15})$/;

/** The cursor of an entry. */
const cursorOf = (seq: number) => Buffer.from(`a${seq}`).toString('base64url');

function decode(cursor: string): number {
  const seq = CURSOR.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (!seq) throw requestError('BAD_CURSOR', '`after` is not a cursor of this list.');
  return Number(seq);
}

/** Who did what to what, newest first: the event log itself, for administrators. */
export async function findAuditEntries(
  { db, actor }: ActorContext,
  search: AuditSearch,
): Promise<Page<DomainEvent>> {
  if (!mayReadAudit(actor)) throw requestError('FORBIDDEN', 'Only administrators may read the audit trail.');
  const size = pageSize(search.first);
  const where = wanted(search);
  const count = () => db.count(DomainEvent, `WHERE ${where.sql}`, where.values);
  const { after } = search;
  const isAfter = after !== null && after !== undefined;
  const before = isAfter ? decode(after) : Number.MAX_SAFE_INTEGER;
  const rows = await db.many(
    DomainEvent,
    `WHERE ${where.sql} AND t.seq < ? ORDER BY t.seq DESC LIMIT ${size + 1}`,
    [...where.values, before],
  );
  const nodes = rows.slice(0, size);
  return {
    nodes,
    cursors: nodes.map(({ seq }) => cursorOf(seq ?? 0)),
    hasNextPage: rows.length > size,
    hasPreviousPage: isAfter,
    count,
  };
}

function wanted(search: AuditSearch): Where {
  const { userId, accountId, orderId, subscriptionId, types, since, until } = search;
  const strange = types?.find(type => !TYPE.test(type));
  if (strange !== undefined) {
    throw requestError(
      'BAD_USER_INPUT',
      '`filter.types` may name types of events only, like `order.placed`.',
    );
  }
  const where = new Where({ sql: 't.seq IS NOT NULL', values: [] })
    .is('t.userId', userId)
    .is('t.accountId', accountId)
    .is('t.orderId', orderId)
    .is('t.subscriptionId', subscriptionId)
    .in('t.type', types);
  if (since) where.and('t.occurredAt >= ?', since);
  if (until) where.and('t.occurredAt < ?', until);
  return where;
}
