import { columns, type Session, type Transaction } from '../database';
import { Invitation, InvitationState, PasswordReset } from '../entities';
import type { Actor } from '../policies';
import type { OwnedList } from './first-pages';
import { updateById } from './rows';
import type { Order } from './sort-order';
import { tryTransition } from './transition';
import { visibilityCondition } from './visibility';
import { Where } from './where';

const t = columns(Invitation, 't');
const p = columns(PasswordReset);

/** Locks an invitation. After its account in the lock order. */
export const lockInvitation = ({ manager }: Transaction, id: string) =>
  manager.findOne(Invitation, { where: { id }, lock: { mode: 'pessimistic_write' } });

/** Finds the newest pending invitation of an address that has not expired at `now`. */
export const findOpenInvitation = (
  session: Session,
  email: string,
  now: Date,
): Promise<Invitation | undefined> =>
  session.one(
    Invitation,
    `WHERE ${t.email} = ? AND ${t.state} = '${InvitationState.PENDING}' AND ${t.expiresAt} > ?
     ORDER BY ${t.id} DESC LIMIT 1`,
    [email, now],
  );

const NEWEST: Order<Invitation> = { name: 'invitations', direction: 'DESC', column: 'id' };

/** Invitations to an account, newest first. */
export const INVITATIONS_OF_ACCOUNT: OwnedList<Invitation, object> = {
  entity: Invitation,
  owner: 'accountId',
  order: NEWEST,
  where: (actor: Actor) => new Where(visibilityCondition(actor, Invitation)),
};

/** Finds and locks the invitations that a user has accepted, and those to its address. */
export const findInvitationsOf = (
  tx: Transaction,
  { id, email }: { id: string; email: string },
): Promise<Invitation[]> =>
  tx.many(Invitation, `WHERE ${t.userId} = ? OR ${t.email} = ? ORDER BY ${t.id} FOR UPDATE`, [id, email]);

/** Replaces the person of an invitation, which ends if it is open. */
export async function updateInvitation(
  tx: Transaction,
  { id }: Invitation,
  person: Pick<Invitation, 'name' | 'email'>,
): Promise<void> {
  await updateById(tx, Invitation, id, person);
  await tryTransition(tx, Invitation, id, { state: InvitationState.REVOKED });
}

/** Deletes the requests for a new password of an address. */
export const deletePasswordResets = ({ manager }: Transaction, email: string) =>
  manager.delete(PasswordReset, { email });

/** Locks a request for a new password. */
export const lockPasswordReset = ({ manager }: Transaction, id: string) =>
  manager.findOne(PasswordReset, { where: { id }, lock: { mode: 'pessimistic_write' } });

/** Ends all requests for a new password of an address. */
export const endPasswordResets = ({ manager }: Transaction, email: string, usedAt: Date) =>
  manager.update(PasswordReset, { email }, { usedAt });

/** Deletes up to `limit` requests for a new password that expired before `now`. Resolves to their number. */
export const deleteExpiredResets = (session: Session, now: Date, limit: number): Promise<number> =>
  session.execute(`DELETE FROM ${p.table} WHERE ${p.expiresAt} < ? LIMIT ${limit}`, [now]);
