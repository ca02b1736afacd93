import { currentTime } from '../../clock';
import type { Session } from '../../database';
import { Account, type Notification, type User } from '../../entities';
import { findActiveAdministrators, findActivePersons, findById } from '../../store';

/** Finds the active persons among `ids` who have not turned off the mail. */
export async function findRecipients(
  session: Session,
  ids: readonly (string | null)[],
  notification: Notification,
): Promise<User[]> {
  const known = [...new Set(ids.flatMap(id => id ?? []))];
  const persons = await findActivePersons(session, known);
  return persons.filter(({ mutedNotifications }) => !mutedNotifications?.includes(notification));
}

/** Id of the deputy of an account manager at this moment. Null without one. */
export function deputyOf({ deputyId, deputyFrom, deputyUntil }: User): string | null {
  const now = currentTime();
  const acts = (deputyFrom === null || deputyFrom <= now) && (deputyUntil === null || deputyUntil > now);
  return acts ? deputyId : null;
}

/** Finds the account managers of an account, or of its reseller. */
export async function findManagers(
  session: Session,
  { accountId, resellerId }: { accountId: string; resellerId: string | null },
): Promise<User[]> {
  const own = await managerOf(session, accountId);
  return own.length > 0 || resellerId === null ? own : managerOf(session, resellerId);
}

async function managerOf(session: Session, accountId: string): Promise<User[]> {
  const account = await findById(session, Account, accountId);
  return account?.accountManagerId ? findActivePersons(session, [account.accountManagerId]) : [];
}

/** Ids of the users who decide on requests of an account: its manager and the deputy, or else all administrators. */
export async function findDeciders(
  session: Session,
  owner: { accountId: string; resellerId: string | null },
): Promise<string[]> {
  const managers = await findManagers(session, owner);
  if (managers.length > 0) return managers.flatMap(manager => [manager.id, deputyOf(manager) ?? []].flat());
  return (await findActiveAdministrators(session)).map(({ id }) => id);
}
