import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Account, nullable, Role, User } from '../entities';
import { setUserRoles } from '../services/administration/users/set-user-roles';
import { type Context, requireActor } from '../services/context';
import { changePassword } from '../services/identity/change-password';
import { refresh, type SignedIn, signIn } from '../services/identity/sign-in';
import { signOut } from '../services/identity/sign-out';
import { Input } from './types/fields';
import {
  ChangePasswordInput,
  RefreshTokenInput,
  SetUserRolesInput,
  SignOutPayload,
  UserPayload,
} from './types/identity';
import { SignInInput } from './types/inputs';
import { payloadOf, SignInPayload } from './types/payloads';

/** Whether the viewer can see the user, and not only its name on its actions. */
async function isKnown({ id }: User, { load }: Context): Promise<boolean> {
  return (await load.visible.user.load(id)) !== null;
}

const changed = UserPayload.byId(({ load }, id) => load.visible.user.load(id));

/** The payload of a session that begins or goes on. */
function session(context: Context, work: () => Promise<SignedIn>): Promise<SignInPayload> {
  return payloadOf<SignInPayload>(async () => {
    const { token, expiresAt, refreshToken, user, context: asUser } = await work();
    // What else the document selects is answered as the user who has just signed in.
    Object.assign(context, asUser);
    return { token, expiresAt, refreshToken, viewer: user };
  });
}

@Resolver(() => User)
export class IdentityResolver {
  @Query(() => User, { description: 'The signed-in user.' })
  viewer(@Ctx() context: Context): Promise<User> {
    const { actor, load } = requireActor(context);
    return load.user.load(actor.userId);
  }

  @Mutation(() => SignInPayload, {
    description:
      'Starts a session with an e-mail address and a password. Returns an access token and a refresh token.',
  })
  signIn(@Input() input: SignInInput, @Ctx() context: Context): Promise<SignInPayload> {
    return session(context, () => signIn(context, input));
  }

  @Mutation(() => SignInPayload, {
    description: 'Continues a session. Returns a new access token and the next refresh token.',
  })
  refreshToken(@Input() input: RefreshTokenInput, @Ctx() context: Context): Promise<SignInPayload> {
    return session(context, () => refresh(context, input.refreshToken));
  }

  @Mutation(() => SignInPayload, {
    description:
      "Changes the viewer's password. Ends all sessions and streams of the user, and starts a new session.",
  })
  changePassword(@Input() input: ChangePasswordInput, @Ctx() context: Context): Promise<SignInPayload> {
    const caller = requireActor(context);
    return session(context, () => changePassword(caller, input));
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session of the access token.' })
  signOut(
    @Arg('everywhere', () => Boolean, {
      defaultValue: false,
      description: 'True to end all sessions of the user. Default false.',
    })
    everywhere: boolean,
    @Ctx() context: Context,
  ): Promise<SignOutPayload> {
    const caller = requireActor(context);
    const work = async () => ({ signedOut: await signOut(caller, everywhere) });
    return payloadOf<SignOutPayload>(work, { signedOut: false });
  }

  @Mutation(() => UserPayload, {
    description: 'Sets the roles of a user. Ends its sessions and streams. Administrators only.',
  })
  setUserRoles(@Input() input: SetUserRolesInput, @Ctx() context: Context) {
    return changed(context, caller => setUserRoles(caller, input));
  }

  @FieldResolver(() => Account, nullable('Account of the user. Null for BSS staff.'))
  account(@Root() { accountId }: User, @Ctx() { load }: Context): Promise<Account | null> | null {
    return accountId === null ? null : load.visible.account.load(accountId);
  }

  @FieldResolver(() => String, {
    description:
      'E-mail address for signing in, in lower case. Empty if the viewer can see only the name of the user.',
  })
  async email(@Root() user: User, @Ctx() context: Context): Promise<string> {
    return (await isKnown(user, context)) ? user.email : '';
  }

  @FieldResolver(() => [Role], {
    description: 'Roles of the user. Empty if the viewer can see only the name of the user.',
  })
  async roles(@Root() user: User, @Ctx() context: Context): Promise<Role[]> {
    return (await isKnown(user, context)) ? user.roles : [];
  }
}
