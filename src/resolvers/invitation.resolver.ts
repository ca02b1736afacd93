import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { currentTime } from '../clock';
import { Account, DateTimeScalar, Invitation, InvitationState, Mail, nullable, User } from '../entities';
import { type Context, requireActor } from '../services/context';
import { inviteUser } from '../services/invitations/invite-user';
import { resendInvitation } from '../services/invitations/resend-invitation';
import { revokeInvitation } from '../services/invitations/revoke-invitation';
import { INVITATIONS_OF_ACCOUNT } from '../store';
import { loadVisible } from './load-visible';
import { ownedPages } from './owned-page';
import { InvitationConnection } from './types/connection';
import { Input } from './types/fields';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';
import { InviteUserInput, ResendInvitationInput, RevokeInvitationInput } from './types/people';

const INVITATION = { invitation: changedObject(Invitation) };
const INVITED = {
  user: changedObject(User, 'Null until the invitation is accepted.'),
  ...INVITATION,
};

const invitationsOf = ownedPages(INVITATIONS_OF_ACCOUNT);

const changed = loadedPayload('invitation', (caller, id) => loadVisible(caller, Invitation, id));

@Resolver(() => Invitation)
export class InvitationResolver {
  @PayloadMutation(
    INVITED,
    'Invites a person by mail to become a user of an account. The link works once, within seven days. Resellers invite users of their own and of their customers’ accounts; account managers those of the accounts that they manage; direct customers those of their own. Only administrators invite staff.',
  )
  inviteUser(@Input() input: InviteUserInput, @Ctx() context: Context) {
    return changed(context, caller => inviteUser(caller, input));
  }

  @PayloadMutation(
    INVITATION,
    'Sends a pending or expired invitation again. The previous link ends; the new one is valid for seven days.',
  )
  resendInvitation(@Input() input: ResendInvitationInput, @Ctx() context: Context) {
    return changed(context, caller => resendInvitation(caller, input.invitationId));
  }

  @PayloadMutation(INVITATION, 'Revokes a pending or expired invitation. Its link ends.')
  revokeInvitation(@Input() input: RevokeInvitationInput, @Ctx() context: Context) {
    return changed(context, caller => revokeInvitation(caller, input.invitationId));
  }

  @FieldResolver(() => InvitationState, { description: 'State of the invitation.' })
  state(@Root() { state, expiresAt }: Invitation): InvitationState {
    const isOver = state === InvitationState.PENDING && expiresAt <= currentTime();
    return isOver ? InvitationState.EXPIRED : state;
  }

  @FieldResolver(() => User, nullable('User who accepted the invitation. Null until then.'))
  user(@Root() { userId }: Invitation, @Ctx() { load }: Context): Promise<User | null> | null {
    return userId === null ? null : load.visible.user.load(userId);
  }

  @FieldResolver(() => User, { description: 'User who sent the invitation.' })
  invitedBy(@Root() { invitedById }: Invitation, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(invitedById);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'Time at which the mail server accepted the latest mail. Null until then.',
  })
  async sentAt(@Root() { mailId }: Invitation, @Ctx() { load }: Context): Promise<Date | null> {
    return (mailId && (await load.mail.load(mailId))?.sentAt) || null;
  }

  @FieldResolver(() => Mail, {
    nullable: true,
    description:
      'Latest mail with the link. FAILED if the address rejected it. Null once it is no longer stored.',
  })
  mail(@Root() { mailId }: Invitation, @Ctx() { load }: Context): Promise<Mail | null> | null {
    return mailId === null ? null : load.mail.load(mailId);
  }
}

@Resolver(() => Account)
export class AccountInvitationsResolver {
  @FieldResolver(() => InvitationConnection, {
    description: 'Invitations to the account that the viewer can see, newest first.',
  })
  async invitations(@Root() account: Account, @Args() page: PageArgs, @Ctx() context: Context) {
    return InvitationConnection.of(await invitationsOf(requireActor(context), account.id, {}, page));
  }
}
