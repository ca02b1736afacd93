import { currentTime } from '../../../clock';
import type { Transaction } from '../../../database';
import { Role, User } from '../../../entities';
import { forbidden, invalid, notFound, Refusal } from '../../../errors';
import { record } from '../../../events';
import { authorize, isAdministrator } from '../../../policies';
import { findActivePersons, lockStaff, updateById } from '../../../store';
import type { ActorContext } from '../../context';
import { lockActor } from '../../identity/lock';

/** Input of `setDeputy`. */
export interface SetDeputyInput {
  userId?: string | null;
  deputyId?: string | null;
  from?: Date | null;
  until?: Date | null;
}

/**
 * Sets the member of staff who acts for an account manager from `from` until `until`, or ends it where `deputyId` is null.
 * Resolves to the id of the account manager.
 */
export async function setDeputy(context: ActorContext, input: SetDeputyInput): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'setDeputy');
  const { userId = null, deputyId = null, from = null, until = null } = input;
  const managerId = userId ?? actor.userId;
  if (managerId !== actor.userId && !isAdministrator(actor)) {
    throw new Refusal([forbidden('Only administrators set the deputy of another user.')]);
  }
  refusePeriod(from, until);
  await db.transaction(async tx => {
    const staff = await lockStaff(tx);
    await lockActor(tx, actor, 'setDeputy');
    const manager = staff.find(({ id }) => id === managerId);
    if (!manager) throw new Refusal([notFound('user', ['userId'])]);
    if (!manager.roles.includes(Role.ACCOUNT_MANAGER)) {
      throw new Refusal([invalid(['userId'], `${manager.name} is not an account manager.`)]);
    }
    if (deputyId !== null) await refuseDeputy(tx, manager, deputyId);
    const period =
      deputyId === null ? { deputyFrom: null, deputyUntil: null } : { deputyFrom: from, deputyUntil: until };
    await updateById(tx, User, managerId, { deputyId, ...period });
    const message = deputyId === null ? 'The deputy was removed.' : 'A deputy was set.';
    // The rights of the previous and of the new deputy change: their streams read them again.
    for (const id of new Set([managerId, manager.deputyId, deputyId])) {
      const data = { byId: actor.userId, managerId, deputyId };
      if (id !== null) record(tx, { type: 'user.changed', message, userId: id, data });
    }
  });
  return managerId;
}

function refusePeriod(from: Date | null, until: Date | null): void {
  if (until === null || until > (from ?? currentTime())) return;
  const message = from ? 'The end must be after the start.' : 'The end must be in the future.';
  throw new Refusal([invalid(['until'], message)]);
}

/** Refuses a user who is no active member of staff, or who cannot decide. */
async function refuseDeputy(tx: Transaction, manager: User, deputyId: string): Promise<void> {
  const path = ['deputyId'];
  if (deputyId === manager.id) throw new Refusal([invalid(path, 'A user cannot be its own deputy.')]);
  const [deputy] = await findActivePersons(tx, [deputyId]);
  if (!deputy || deputy.accountId !== null) throw new Refusal([notFound('user', path)]);
}
