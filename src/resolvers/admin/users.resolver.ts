import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { nullable, User } from '../../entities';
import { isAdministrator } from '../../policies';
import { addUser } from '../../services/administration/users/add-user';
import {
  activateUser,
  deactivateUser,
  resetUserPassword,
  updateUser,
} from '../../services/administration/users/change-user';
import { eraseUser } from '../../services/administration/users/erase-user';
import { type ActorContext, type Context, mutationContext, requireActor } from '../../services/context';
import { findUsersPage } from '../../store';
import { UserConnection } from '../types/connection';
import { Input } from '../types/fields';
import { PageArgs } from '../types/page-args';
import { changedObject, loadedPayload, PayloadMutation, payloadOf } from '../types/payloads';
import {
  ActivateUserInput,
  CreateUserInput,
  DeactivateUserInput,
  EraseUserInput,
  ResetUserPasswordInput,
  UpdateUserInput,
  UserFilter,
} from './types/user';

const USER = { user: changedObject(User) };
const USER_WITH_PASSWORD = {
  ...USER,
  oneTimePassword: {
    type: () => String,
    description:
      'Temporary password, valid for one week. Sign in with it and set `newPassword`. Shown once: only its hash is stored. Null if the input has a password, or a call repeats an idempotency key.',
  },
};

const changed = loadedPayload('user', ({ load }, id) => load.visible.user.load(id));

function withPassword(
  context: Context,
  work: (caller: ActorContext) => Promise<{ userId: string; oneTimePassword: string | null }>,
) {
  const caller = mutationContext(context);
  return payloadOf(async () => {
    const { userId, oneTimePassword } = await work(caller);
    return { user: await caller.load.visible.user.load(userId), oneTimePassword };
  });
}

@Resolver(() => User)
export class UserAdministrationResolver {
  @Query(() => UserConnection, {
    description: 'Users by name, including the users of API keys. Administrators only.',
  })
  async users(
    @Arg('filter', () => UserFilter, nullable('Filter of the list.')) filter: UserFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return UserConnection.of(await findUsersPage(db, actor, filter ?? {}, page));
  }

  @PayloadMutation(
    USER_WITH_PASSWORD,
    'Creates a user of an account, or a member of BSS staff. Administrators only.',
  )
  createUser(@Input() input: CreateUserInput, @Ctx() context: Context) {
    return withPassword(context, caller => addUser(caller, input));
  }

  @PayloadMutation(
    USER_WITH_PASSWORD,
    'Resets the password of a user to a temporary password. Ends its sessions and streams. Administrators only.',
  )
  resetUserPassword(@Input() input: ResetUserPasswordInput, @Ctx() context: Context) {
    return withPassword(context, caller => resetUserPassword(caller, input));
  }

  @PayloadMutation(USER, 'Updates the name or the e-mail address of a user. Administrators only.')
  updateUser(@Input() input: UpdateUserInput, @Ctx() context: Context) {
    return changed(context, caller => updateUser(caller, input));
  }

  @PayloadMutation(USER, 'Deactivates a user. Ends its sessions and streams. Administrators only.')
  deactivateUser(@Input() input: DeactivateUserInput, @Ctx() context: Context) {
    return changed(context, caller => deactivateUser(caller, input));
  }

  @PayloadMutation(USER, 'Activates a deactivated user. The password stays the same. Administrators only.')
  activateUser(@Input() input: ActivateUserInput, @Ctx() context: Context) {
    return changed(context, caller => activateUser(caller, input));
  }

  @PayloadMutation(
    USER,
    'Replaces the name and the e-mail address of a user by a pseudonym wherever they are stored, and ends its access for good. Orders and the audit trail stay. Administrators only.',
  )
  eraseUser(@Input() input: EraseUserInput, @Ctx() context: Context) {
    return changed(context, caller => eraseUser(caller, input));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Increments with every change by an administrator. Pass it as `expectedVersion` to reject concurrent edits. Null unless the viewer is an administrator.',
  })
  version(@Root() { version }: User, @Ctx() { actor }: Context): number | null {
    return isAdministrator(actor) ? version : null;
  }

  @FieldResolver(
    () => Boolean,
    nullable('True if the user can sign in. Null unless the viewer is an administrator.'),
  )
  active(@Root() { deactivatedAt }: User, @Ctx() { actor }: Context): boolean | null {
    return isAdministrator(actor) ? !deactivatedAt : null;
  }
}
