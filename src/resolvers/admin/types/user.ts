import { Field, ID, InputType } from 'type-graphql';
import { Role } from '../../../entities';
import { OPTIONAL_KEY, Optional, searchIn, VersionedInput } from '../../types/fields';

@InputType({ description: 'User to create.' })
export class CreateUserInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'Display name, up to 100 characters.' })
  name!: string;

  @Field({ description: 'E-mail address for signing in, unique among users.' })
  email!: string;

  @Field(() => [Role], {
    description:
      'Roles. A user without an account has roles of BSS staff; any other user has the role that fits the kind of its account.',
  })
  roles!: Role[];

  @Optional(() => ID, 'Id of the account. Omit it for BSS staff.')
  accountId?: string | null;

  @Optional(
    () => String,
    'Password, 12 to 200 characters. Defaults to a generated temporary password, which is shown once.',
  )
  password?: string | null;
}

@InputType()
abstract class UserTarget extends VersionedInput {
  @Field(() => ID, { description: 'Id of the user. You cannot change your own user.' })
  userId!: string;
}

@InputType({ description: 'User to deactivate.' })
export class DeactivateUserInput extends UserTarget {}

@InputType({ description: 'User to activate.' })
export class ActivateUserInput extends UserTarget {}

@InputType({ description: 'User whose password is reset.' })
export class ResetUserPasswordInput extends UserTarget {}

@InputType({ description: 'User to erase.' })
export class EraseUserInput {
  @Field(() => ID, { description: 'Id of the user. You cannot erase your own user.' })
  userId!: string;
}

@InputType({ description: 'Changes of a user. Omitted fields keep their value.' })
export class UpdateUserInput extends UserTarget {
  @Optional(() => String, 'Display name, up to 100 characters.')
  name?: string | null;

  @Optional(() => String, 'E-mail address for signing in, unique among users.')
  email?: string | null;
}

@InputType({ description: 'Filter of users. A user has to match every condition that is set.' })
export class UserFilter {
  @Optional(() => String, searchIn('the name and the e-mail address'))
  search?: string | null;

  @Optional(() => ID, 'Users of this account.')
  accountId?: string | null;

  @Optional(() => Boolean, 'True for active users, false for deactivated users. Defaults to both.')
  active?: boolean | null;

  @Optional(() => [Role], 'Users with one of these roles. Defaults to all.')
  roles?: Role[] | null;
}
