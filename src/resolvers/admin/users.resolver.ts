import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { User } from '../../entities';
import { isAdministrator } from '../../policies';
import {
  activateUser,
  deactivateUser,
  resetUserPassword,
  updateUser,
} from '../../services/administration/users/change-user';
import { findUsers } from '../../services/administration/users/find-users';
import { inviteUser } from '../../services/administration/users/invite-user';
import { type ActorContext, type Context, mutationContext, requireActor } from '../../services/context';
import { UserConnection } from '../types/connection';
import { UserPayload } from '../types/identity';
import { payloadOf } from '../types/payloads';
import { INPUT_DESCRIPTION } from './types/input-description';
import { CreateUserInput, UpdateUserInput, UserInput, UserPasswordPayload, UsersArgs } from './types/user';

/** The payload of a change that resolves to the user's id. */
function changed(context: Context, work: (caller: ActorContext) => Promise<string>) {
  const caller = mutationContext(context);
  return payloadOf<UserPayload>({ user: null }, async () => ({
    user: await caller.load.visible.user.load(await work(caller)),
  }));
}

/** The same of one that gives the user a password to begin with. */
function withPassword(
  context: Context,
  work: (caller: ActorContext) => Promise<{ userId: string; oneTimePassword: string | null }>,
) {
  const caller = mutationContext(context);
  return payloadOf<UserPasswordPayload>({ user: null, oneTimePassword: null }, async () => {
    const { userId, oneTimePassword } = await work(caller);
    return { user: await caller.load.visible.user.load(userId), oneTimePassword };
  });
}

@Resolver(() => User)
export class UserAdministrationResolver {
  @Query(() => UserConnection, {
    description: 'Users by name, including the users of API keys. Administrators only.',
  })
  async users(@Args(() => UsersArgs) args: UsersArgs, @Ctx() context: Context) {
    return UserConnection.of(await findUsers(requireActor(context), args));
  }

  @Mutation(() => UserPasswordPayload, {
    description: 'Creates a user of an account, or a member of BSS staff. Administrators only.',
  })
  createUser(
    @Arg('input', () => CreateUserInput, INPUT_DESCRIPTION) input: CreateUserInput,
    @Ctx() context: Context,
  ) {
    return withPassword(context, caller => inviteUser(caller, input));
  }

  @Mutation(() => UserPasswordPayload, {
    description:
      'Resets the password of a user to a temporary password. Ends its sessions and streams. Administrators only.',
  })
  resetUserPassword(
    @Arg('input', () => UserInput, INPUT_DESCRIPTION) input: UserInput,
    @Ctx() context: Context,
  ) {
    return withPassword(context, caller => resetUserPassword(caller, input));
  }

  @Mutation(() => UserPayload, {
    description: 'Updates the name or the e-mail address of a user. Administrators only.',
  })
  updateUser(
    @Arg('input', () => UpdateUserInput, INPUT_DESCRIPTION) input: UpdateUserInput,
    @Ctx() context: Context,
  ) {
    return changed(context, caller => updateUser(caller, input));
  }

  @Mutation(() => UserPayload, {
    description: 'Deactivates a user. Ends its sessions and streams. Administrators only.',
  })
  deactivateUser(
    @Arg('input', () => UserInput, INPUT_DESCRIPTION) input: UserInput,
    @Ctx() context: Context,
  ) {
    return changed(context, caller => deactivateUser(caller, input));
  }

  @Mutation(() => UserPayload, {
    description: 'Activates a deactivated user. The password stays the same. Administrators only.',
  })
  activateUser(@Arg('input', () => UserInput, INPUT_DESCRIPTION) input: UserInput, @Ctx() context: Context) {
    return changed(context, caller => activateUser(caller, input));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Increments with every change by an administrator. Pass it as `expectedVersion` to reject concurrent edits. Null unless the viewer is an administrator.',
  })
  version(@Root() { version }: User, @Ctx() { actor }: Context): number | null {
    return isAdministrator(actor) ? version : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'True if the user can sign in. Null unless the viewer is an administrator.',
  })
  active(@Root() { deactivatedAt }: User, @Ctx() { actor }: Context): boolean | null {
    return isAdministrator(actor) ? !deactivatedAt : null;
  }
}
