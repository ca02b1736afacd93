import { Notification, User } from '../../entities';
import { record } from '../../events';
import { authorize } from '../../policies';
import { readById, updateById } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from './lock';

/** Turns the mails to the caller on and off. `enabled` has those that stay on. Resolves to the id of the caller. */
export async function setNotifications(
  { db, actor }: ActorContext,
  { enabled }: { enabled: readonly Notification[] },
): Promise<string> {
  authorize(actor, 'setNotifications');
  const muted = Object.values(Notification).filter(one => !enabled.includes(one));
  await db.transaction(async tx => {
    await lockActor(tx, actor, 'setNotifications');
    const { mutedNotifications: former } = await readById(tx, User, actor.userId);
    if ((former ?? []).join() === muted.join()) return;
    await updateById(tx, User, actor.userId, { mutedNotifications: muted.length > 0 ? muted : null });
    const off = muted.length > 0 ? `are off: ${muted.join(', ')}` : 'are all on';
    record(tx, { type: 'user.changed', message: `Notifications by mail ${off}.`, userId: actor.userId });
  });
  return actor.userId;
}
