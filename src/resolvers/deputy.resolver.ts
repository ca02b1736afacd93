import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { currentTime } from '../clock';
import { DateTimeScalar, nullable, User } from '../entities';
import { isStaff } from '../policies';
import { setDeputy } from '../services/administration/users/set-deputy';
import type { Context } from '../services/context';
import { Input } from './types/fields';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';
import { SetDeputyInput } from './types/people';

const changed = loadedPayload('user', ({ load }, id) => load.visible.user.load(id));

/** Whether the deputization of a user has not ended. */
const isSet = ({ deputyId, deputyUntil }: User) =>
  deputyId !== null && (deputyUntil === null || deputyUntil > currentTime());

const forStaff = (user: User, { actor }: Context) => actor !== null && isStaff(actor) && isSet(user);

@Resolver(() => User)
export class DeputyResolver {
  @PayloadMutation(
    { user: changedObject(User, 'The account manager. Null if the mutation was rejected.') },
    'Sets the deputy of an account manager, who does what the account manager does for the accounts in its care. Account managers set their own, administrators any.',
  )
  setDeputy(@Input() input: SetDeputyInput, @Ctx() context: Context) {
    return changed(context, caller => setDeputy(caller, input));
  }

  @FieldResolver(() => User, nullable('Deputy of an account manager. Null without one, and after its end.'))
  deputy(@Root() user: User, @Ctx() { load }: Context): Promise<User> | null {
    return user.deputyId !== null && isSet(user) ? load.user.load(user.deputyId) : null;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      'Start of the deputization. Null if it started when it was set, and unless the viewer is BSS staff.',
  })
  deputyFrom(@Root() user: User, @Ctx() context: Context): Date | null {
    return forStaff(user, context) ? user.deputyFrom : null;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'End of the deputization. Null without an end, and unless the viewer is BSS staff.',
  })
  deputyUntil(@Root() user: User, @Ctx() context: Context): Date | null {
    return forStaff(user, context) ? user.deputyUntil : null;
  }
}
