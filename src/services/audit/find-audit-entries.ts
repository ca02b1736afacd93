import type { DomainEvent } from '../../entities';
import { requestError } from '../../errors';
import { isAdministrator } from '../../policies';
import {
  type AuditFilter,
  countEvents,
  findEventsBefore,
  type Page,
  type PageRequest,
  pageSize,
} from '../../store';
import type { ActorContext } from '../context';

/** Filter and page of the audit trail. */
export type AuditSearch = PageRequest & AuditFilter;

const TYPE = /^[a-z.-]{1,40}$/;
const CURSOR = /^a(\d{1,15})$/;

/** Cursor of an entry. */
const cursorOf = (seq: number) => Buffer.from(`a${seq}`).toString('base64url');

function decode(cursor: string): number {
  const seq = CURSOR.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (!seq) throw requestError('BAD_CURSOR', '`after` is not a cursor of this list.');
  return Number(seq);
}

/** Finds events of the audit trail, newest first. For administrators. */
export async function findAuditEntries(
  { db, actor }: ActorContext,
  search: AuditSearch,
): Promise<Page<DomainEvent>> {
  if (!isAdministrator(actor))
    throw requestError('FORBIDDEN', 'Only administrators can read the audit trail.');
  const size = pageSize(search.first);
  refuseInvalidTypes(search);
  const { after } = search;
  const isAfter = after !== null && after !== undefined;
  const before = isAfter ? decode(after) : Number.MAX_SAFE_INTEGER;
  const rows = await findEventsBefore(db, search, before, size + 1);
  const nodes = rows.slice(0, size);
  return {
    nodes,
    cursors: nodes.map(({ seq }) => cursorOf(seq ?? 0)),
    hasNextPage: rows.length > size,
    hasPreviousPage: isAfter,
    count: () => countEvents(db, search),
  };
}

function refuseInvalidTypes({ types }: AuditFilter): void {
  if (types?.every(type => TYPE.test(type)) ?? true) return;
  throw requestError(
    'BAD_USER_INPUT',
    '`filter.types` contains an unknown event type. Use types such as `order.placed`.',
  );
}
