import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Notification, User } from '../entities';
import { isAdministrator } from '../policies';
import type { Context } from '../services/context';
import { setNotifications } from '../services/identity/set-notifications';
import { Input } from './types/fields';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';
import { SetNotificationsInput } from './types/people';

const changed = loadedPayload('user', ({ load }, id) => load.visible.user.load(id));

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
    if (!actor) return null;
    // By account and not by user: the users of an account share the answers of streams.
    const isKnown = actor.accountId === null ? actor.userId === user.id : actor.accountId === user.accountId;
    if (!isAdministrator(actor) && !isKnown) return null;
    return Object.values(Notification).filter(one => !user.mutedNotifications?.includes(one));
  }
}
