import { Field, ID, InputType } from 'type-graphql';
import { DateTimeScalar, MailState, Notification, Role } from '../../entities';
import { KEY, Optional } from './fields';

@InputType({ description: 'Person to invite.' })
export class InviteUserInput {
  @Optional(
    () => ID,
    "Id of the account of the new user. Defaults to the viewer's account; for administrators, to BSS staff.",
  )
  accountId?: string | null;

  @Field({ description: 'E-mail address of the person.' })
  email!: string;

  @Field({ description: 'Display name of the person, up to 100 characters.' })
  name!: string;

  @Field(() => [Role], { description: 'Roles that the user gets.' })
  roles!: Role[];

  @Field({ description: KEY })
  idempotencyKey!: string;
}

const INVITATION = 'Id of the invitation.';

@InputType({ description: 'Invitation to send again.' })
export class ResendInvitationInput {
  @Field(() => ID, { description: INVITATION })
  invitationId!: string;
}

@InputType({ description: 'Invitation to revoke.' })
export class RevokeInvitationInput {
  @Field(() => ID, { description: INVITATION })
  invitationId!: string;
}

@InputType({ description: 'Invitation to accept, and the password of the new user.' })
export class AcceptInvitationInput {
  @Field({ description: 'Query parameter `token` of the link in the mail.' })
  token!: string;

  @Field({ description: 'Password, 12 to 200 characters.' })
  password!: string;
}

@InputType({ description: 'Address whose user needs a new password.' })
export class RequestPasswordResetInput {
  @Field({ description: 'E-mail address of the user.' })
  email!: string;
}

@InputType({ description: 'Link from a mail, and the new password.' })
export class ResetPasswordInput {
  @Field({ description: 'Query parameter `token` of the link in the mail.' })
  token!: string;

  @Field({ description: 'New password, 12 to 200 characters.' })
  newPassword!: string;
}

@InputType({ description: 'Mail to send again.' })
export class ResendMailInput {
  @Field(() => ID, { description: 'Id of the mail.' })
  mailId!: string;
}

@InputType({ description: 'Filter of mails. A mail has to match every condition that is set.' })
export class MailFilter {
  @Optional(() => [MailState], 'States to include. Defaults to all.')
  states?: MailState[] | null;

  @Optional(() => String, 'E-mail address of the recipient.')
  to?: string | null;
}

@InputType({ description: 'Mails to receive.' })
export class SetNotificationsInput {
  @Field(() => [Notification], { description: 'Mails that stay on. All others are turned off.' })
  enabled!: Notification[];
}

@InputType({ description: 'Deputy of an account manager.' })
export class SetDeputyInput {
  @Optional(
    () => ID,
    'Id of the account manager. Defaults to the viewer. Only administrators can set another.',
  )
  userId?: string | null;

  @Optional(() => ID, 'Id of the deputy, a member of BSS staff. Null ends the deputization.')
  deputyId?: string | null;

  @Optional(() => DateTimeScalar, 'Start, inclusive. Defaults to now.')
  from?: Date | null;

  @Optional(() => DateTimeScalar, 'End, exclusive. Defaults to none.')
  until?: Date | null;
}
