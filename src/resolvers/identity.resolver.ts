import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Account, DateTimeScalar, nullable, Role, User } from '../entities';
import { setUserRoles } from '../services/administration/users/set-user-roles';
import { type Context, requireActor } from '../services/context';
import { changePassword } from '../services/identity/change-password';
import { requestPasswordReset } from '../services/identity/request-password-reset';
import { resetPassword } from '../services/identity/reset-password';
import { refresh, type SignedIn, signIn } from '../services/identity/sign-in';
import { signOut } from '../services/identity/sign-out';
import { acceptInvitation } from '../services/invitations/accept-invitation';
import { Input, OptionalInput } from './types/fields';
import { ChangePasswordInput, RefreshTokenInput, SetUserRolesInput, SignOutInput } from './types/identity';
import { SignInInput } from './types/inputs';
import {
  changedObject,
  loadedPayload,
  type PayloadFields,
  PayloadMutation,
  payloadOf,
} from './types/payloads';
import { AcceptInvitationInput, RequestPasswordResetInput, ResetPasswordInput } from './types/people';

const USER = { user: changedObject(User) };
const SIGNED_OUT = {
  signedOut: { type: () => Boolean, description: 'True if a session ended.', required: true },
} satisfies PayloadFields;
const SESSION = {
  token: {
    type: () => String,
    description:
      'Access token. Send it as `Authorization: Bearer <token>`. Null if the mutation was rejected.',
  },
  expiresAt: {
    type: () => DateTimeScalar,
    description: 'Expiry time of the access token. Null if the mutation was rejected.',
  },
  refreshToken: {
    type: () => String,
    description:
      'Refresh token, valid once. Pass it to `refreshToken` to continue the session. Null if the mutation was rejected.',
  },
  viewer: changedObject(User, 'Signed-in user. Null if the mutation was rejected.'),
};

/** Whether the viewer can see the user, and not only its name on its actions. */
async function isKnown({ id }: User, { load }: Context): Promise<boolean> {
  return (await load.visible.user.load(id)) !== null;
}

const changed = loadedPayload('user', ({ load }, id) => load.visible.user.load(id));

/** Payload of a session that starts or continues. */
function session(context: Context, work: () => Promise<SignedIn>): Promise<object> {
  return payloadOf(async () => {
    const { token, expiresAt, refreshToken, user, context: asUser } = await work();
    // What else the document selects is answered as the user who has just signed in.
    Object.assign(context, asUser);
    return { token, expiresAt, refreshToken, viewer: user };
  });
}

/** Payload of a mutation that returns nothing but its errors. */
const withoutFields = (work: () => Promise<void>) =>
  payloadOf(async () => {
    await work();
    return {};
  });

@Resolver(() => User)
export class IdentityResolver {
  @Query(() => User, { description: 'The signed-in user.' })
  viewer(@Ctx() context: Context): Promise<User> {
    const { actor, load } = requireActor(context);
    return load.user.load(actor.userId);
  }

  @PayloadMutation(
    SESSION,
    'Starts a session with an e-mail address and a password. Returns an access token and a refresh token.',
  )
  signIn(@Input() input: SignInInput, @Ctx() context: Context) {
    return session(context, () => signIn(context, input));
  }

  @PayloadMutation(
    SESSION,
    'Accepts an invitation: creates the user with a password, and starts a session. Fails with TOKEN_INVALID unless the link is valid.',
  )
  acceptInvitation(@Input() input: AcceptInvitationInput, @Ctx() context: Context) {
    return session(context, () => acceptInvitation(context, input));
  }

  @PayloadMutation(
    {},
    'Sends a link for a new password to an e-mail address. The answer is the same whether or not the address has a user.',
  )
  requestPasswordReset(@Input() input: RequestPasswordResetInput, @Ctx() context: Context) {
    return withoutFields(() => requestPasswordReset(context, input));
  }

  @PayloadMutation(
    {},
    'Sets a new password by the link of a mail. Ends all sessions and streams of the user. Fails with TOKEN_INVALID unless the link is valid.',
  )
  resetPassword(@Input() input: ResetPasswordInput, @Ctx() context: Context) {
    return withoutFields(() => resetPassword(context, input));
  }

  @PayloadMutation(SESSION, 'Continues a session. Returns a new access token and the next refresh token.')
  refreshToken(@Input() input: RefreshTokenInput, @Ctx() context: Context) {
    return session(context, () => refresh(context, input.refreshToken));
  }

  @PayloadMutation(
    SESSION,
    "Changes the viewer's password. Ends all sessions and streams of the user, and starts a new session.",
  )
  changePassword(@Input() input: ChangePasswordInput, @Ctx() context: Context) {
    const caller = requireActor(context);
    return session(context, () => changePassword(caller, input));
  }

  @PayloadMutation(SIGNED_OUT, 'Ends the session of the access token.')
  signOut(@OptionalInput(() => SignOutInput) input: SignOutInput | null, @Ctx() context: Context) {
    const caller = requireActor(context);
    const work = async () => ({ signedOut: await signOut(caller, input?.everywhere ?? false) });
    return payloadOf(work, { signedOut: false });
  }

  @PayloadMutation(USER, 'Sets the roles of a user. Ends its sessions and streams. Administrators only.')
  setUserRoles(@Input() input: SetUserRolesInput, @Ctx() context: Context) {
    return changed(context, caller => setUserRoles(caller, input));
  }

  @FieldResolver(() => Account, nullable('Account of the user. Null for BSS staff.'))
  account(@Root() { accountId }: User, @Ctx() { load }: Context): Promise<Account | null> | null {
    return accountId === null ? null : load.visible.account.load(accountId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'E-mail address for signing in, in lower case. Null if the viewer can see only the name of the user.',
  })
  async email(@Root() user: User, @Ctx() context: Context): Promise<string | null> {
    return (await isKnown(user, context)) ? user.email : null;
  }

  @FieldResolver(() => [Role], {
    nullable: true,
    description: 'Roles of the user. Null if the viewer can see only the name of the user.',
  })
  async roles(@Root() user: User, @Ctx() context: Context): Promise<Role[] | null> {
    return (await isKnown(user, context)) ? user.roles : null;
  }
}
