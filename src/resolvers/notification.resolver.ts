import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Notification, Role, User } from '../entities';
import { type Actor, hasRole, isAdministrator } from '../policies';
import type { Context } from '../services/context';
import { setNotifications } from '../services/identity/set-notifications';
import { Input } from './types/fields';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';
import { SetNotificationsInput } from './types/people';

const changed = loadedPayload('user', ({ load }, id) => load.visible.user.load(id));

/** By account where there is one, and not by user: the users of an account share the answers of streams. */
function seesNotifications(actor: Actor, user: User): boolean {
  if (actor.accountId !== null) return actor.accountId === user.accountId;
  return hasRole(actor, Role.ACCOUNT_MANAGER) && actor.userId === user.id;
}

@Resolver(() => User)
export class NotificationResolver {
  @PayloadMutation(
    { user: changedObject(User) },
    'Turns the mails to the viewer on and off. Links and security warnings cannot be turned off.',
  )
  setNotifications(@Input() input: SetNotificationsInput, @Ctx() context: Context) {
    return changed(context, caller => setNotifications(caller, input));
  }

  @FieldResolver(() => [Notification], {
    nullable: true,
    description:
      'Mails that the user receives. Null unless the viewer is the user, a user of the same account, or an administrator.',
  })
  notifications(@Root() user: User, @Ctx() { actor }: Context): Notification[] | null {
    if (!isAdministrator(actor) && !(actor && seesNotifications(actor, user))) return null;
    return Object.values(Notification).filter(one => !user.mutedNotifications?.includes(one));
  }
}
