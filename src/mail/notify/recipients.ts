import { currentTime } from '../../clock';
import type { Session } from '../../database';
import { Account, Decider, type Notification, type User } from '../../entities';
import {
  type Decidable,
  findActiveAdministrators,
  findActivePersons,
  findActivePersonsOf,
  findById,
} from '../../store';

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

/** Maximum number of users of a reseller who learn of a request. */
const RESELLER_USERS = 100;

/** Ids of the users who decide next: those of the reseller that the record awaits, or else those of the distributor. */
export async function findDeciders(session: Session, record: Decidable): Promise<string[]> {
  const { awaiting, resellerId } = record;
  const resellers =
    awaiting === Decider.RESELLER && resellerId !== null
      ? await findActivePersonsOf(session, resellerId, RESELLER_USERS)
      : [];
  return resellers.length > 0 ? resellers.map(({ id }) => id) : findDistributors(session, record);
}

/** Ids of the account manager of an account and of its deputy, or else of all administrators. */
export async function findDistributors(
  session: Session,
  owner: { accountId: string; resellerId: string | null },
): Promise<string[]> {
  const managers = await findManagers(session, owner);
  if (managers.length > 0) return managers.flatMap(manager => [manager.id, deputyOf(manager) ?? []].flat());
  return (await findActiveAdministrators(session)).map(({ id }) => id);
}
