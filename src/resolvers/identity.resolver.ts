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

/** Whether the viewer may see the user itself, not only its name on what it did. */
async function isKnown({ id }: User, { load }: Context): Promise<boolean> {
  return (await load.visible.user.load(id)) !== null;
}

const changed = UserPayload.byId(({ load }, id) => load.visible.user.load(id));

/** The payload of a session that begins or goes on. */
function session(context: Context, work: () => Promise<SignedIn>): Promise<SignInPayload> {
  const nothing = { token: null, expiresAt: null, refreshToken: null, viewer: null };
  return payloadOf<SignInPayload>(nothing, async () => {
    const { token, expiresAt, refreshToken, user, context: asUser } = await work();
    // What else the document selects is answered as the user who has just signed in.
    Object.assign(context, asUser);
    return { token, expiresAt, refreshToken, viewer: user };
  });
}

@Resolver(() => User)
export class IdentityResolver {
  @Query(() => User, { description: 'Who is signed in.' })
  viewer(@Ctx() context: Context): Promise<User> {
    const { actor, load } = requireActor(context);
    return load.user.load(actor.userId);
  }

  @Mutation(() => SignInPayload, {
    description:
      'Begins a session: a bearer token for an e-mail and its password, and a token to refresh it.',
  })
  signIn(@Input() input: SignInInput, @Ctx() context: Context): Promise<SignInPayload> {
    return session(context, () => signIn(context, input));
  }

  @Mutation(() => SignInPayload, {
    description: 'Goes on with a session: a new bearer token, and the next refresh token.',
  })
  refreshToken(@Input() input: RefreshTokenInput, @Ctx() context: Context): Promise<SignInPayload> {
    return session(context, () => refresh(context, input.refreshToken));
  }

  @Mutation(() => SignInPayload, {
    description:
      'Sets another password. All sessions of the user end, streams included; here a new one begins.',
  })
  changePassword(@Input() input: ChangePasswordInput, @Ctx() context: Context): Promise<SignInPayload> {
    const caller = requireActor(context);
    return session(context, () => changePassword(caller, input));
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session of the token that the call came with.' })
  signOut(
    @Arg('everywhere', () => Boolean, {
      defaultValue: false,
      description: 'All sessions of the user, not only this one.',
    })
    everywhere: boolean,
    @Ctx() context: Context,
  ): Promise<SignOutPayload> {
    const caller = requireActor(context);
    return payloadOf<SignOutPayload>({ signedOut: false }, async () => ({
      signedOut: await signOut(caller, everywhere),
    }));
  }

  @Mutation(() => UserPayload, {
    description: 'Gives a user other roles; its sessions end, streams included. For administrators.',
  })
  setUserRoles(@Input() input: SetUserRolesInput, @Ctx() context: Context) {
    return changed(context, caller => setUserRoles(caller, input));
  }

  @FieldResolver(() => Account, nullable('Null for BSS staff.'))
  account(@Root() { accountId }: User, @Ctx() { load }: Context): Promise<Account | null> | null {
    return accountId === null ? null : load.visible.account.load(accountId);
  }

  @FieldResolver(() => String, {
    description:
      'Signs in with it; lower case. Empty where the viewer knows the user only by name, as who did something.',
  })
  async email(@Root() user: User, @Ctx() context: Context): Promise<string> {
    return (await isKnown(user, context)) ? user.email : '';
  }

  @FieldResolver(() => [Role], {
    description: 'What the user may do. Empty where the viewer knows the user only by name.',
  })
  async roles(@Root() user: User, @Ctx() context: Context): Promise<Role[]> {
    return (await isKnown(user, context)) ? user.roles : [];
  }
}
