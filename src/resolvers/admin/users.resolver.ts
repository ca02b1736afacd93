import { Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { nullable, User } from '../../entities';
import { isAdministrator } from '../../policies';
import {
  activateUser,
  deactivateUser,
  resetUserPassword,
  updateUser,
} from '../../services/administration/users/change-user';
import { inviteUser } from '../../services/administration/users/invite-user';
import { type ActorContext, type Context, mutationContext, requireActor } from '../../services/context';
import { findUsersPage } from '../../store';
import { UserConnection } from '../types/connection';
import { Input } from '../types/fields';
import { UserPayload } from '../types/identity';
import { payloadOf } from '../types/payloads';
import { CreateUserInput, UpdateUserInput, UserInput, UserPasswordPayload, UsersArgs } from './types/user';

const changed = UserPayload.byId(({ load }, id) => load.visible.user.load(id));

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
    description: 'The users, by name; those of API keys as well. For administrators.',
  })
  async users(@Args() args: UsersArgs, @Ctx() context: Context) {
    const { db, actor } = requireActor(context);
    return UserConnection.of(await findUsersPage(db, actor, args, args));
  }

  @Mutation(() => UserPasswordPayload, {
    description: 'Makes a user of an account, or of the BSS. For administrators.',
  })
  createUser(@Input() input: CreateUserInput, @Ctx() context: Context) {
    return withPassword(context, caller => inviteUser(caller, input));
  }

  @Mutation(() => UserPasswordPayload, {
    description:
      'Gives a user a password to begin with again; its sessions end, streams included. For administrators.',
  })
  resetUserPassword(@Input() input: UserInput, @Ctx() context: Context) {
    return withPassword(context, caller => resetUserPassword(caller, input));
  }

  @Mutation(() => UserPayload, {
    description: "Changes a user's name or e-mail address. For administrators.",
  })
  updateUser(@Input() input: UpdateUserInput, @Ctx() context: Context) {
    return changed(context, caller => updateUser(caller, input));
  }

  @Mutation(() => UserPayload, {
    description: 'Lets a user in no more; its sessions end, streams included. For administrators.',
  })
  deactivateUser(@Input() input: UserInput, @Ctx() context: Context) {
    return changed(context, caller => deactivateUser(caller, input));
  }

  @Mutation(() => UserPayload, {
    description: 'Lets a user in again, with the password that it had. For administrators.',
  })
  activateUser(@Input() input: UserInput, @Ctx() context: Context) {
    return changed(context, caller => activateUser(caller, input));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Moves with every change of an administrator; send it back as `expectedVersion`. Null for all but administrators.',
  })
  version(@Root() { version }: User, @Ctx() { actor }: Context): number | null {
    return isAdministrator(actor) ? version : null;
  }

  @FieldResolver(() => Boolean, nullable('Whether it may sign in. Null for all but administrators.'))
  active(@Root() { deactivatedAt }: User, @Ctx() { actor }: Context): boolean | null {
    return isAdministrator(actor) ? !deactivatedAt : null;
  }
}
