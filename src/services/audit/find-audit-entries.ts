import type { DomainEvent } from '../../entities';
import { requestError } from '../../errors';
import { isAdministrator } from '../../policies';
import { type AuditFilter, findEventsPage, hasAuditEntries, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';

/** Filter and page of the audit trail. */
export type AuditSearch = PageRequest & AuditFilter;

const TYPE = /^[a-z.-]{1,40}$/;

/** Finds events of the audit trail, newest first. For administrators. */
export async function findAuditEntries(
  { db, actor }: ActorContext,
  search: AuditSearch,
): Promise<Page<DomainEvent>> {
  if (!isAdministrator(actor))
    throw requestError('FORBIDDEN', 'Only administrators can read the audit trail.');
  refuseInvalidTypes(search);
  refuseUnknownObject(search);
  return findEventsPage(db, search, search);
}

function refuseInvalidTypes({ types }: AuditFilter): void {
  if (types?.every(type => TYPE.test(type)) ?? true) return;
  throw requestError(
    'BAD_USER_INPUT',
    '`filter.types` contains an unknown event type. Use types such as `order.placed`.',
  );
}

function refuseUnknownObject({ objectId }: AuditFilter): void {
  if (objectId === null || objectId === undefined || hasAuditEntries(objectId)) return;
  throw requestError('BAD_USER_INPUT', '`filter.objectId` is not the id of an object that has a history.');
}
