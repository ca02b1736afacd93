import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { Role, SimpleType, User } from '../../../entities';
import { OPTIONAL_KEY, Optional, VersionedInput } from '../../types/fields';
import { SearchArgs } from '../../types/page-args';
import { Payload } from '../../types/payloads';

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

@InputType({ description: 'User to change.' })
export class UserInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the user. You cannot change your own user.' })
  userId!: string;
}

@InputType({ description: 'Changes of a user. Omitted fields keep their value.' })
export class UpdateUserInput extends UserInput {
  @Optional(() => String, 'Display name, up to 100 characters.')
  name?: string | null;

  @Optional(() => String, 'E-mail address for signing in, unique among users.')
  email?: string | null;
}

@ArgsType()
export class UsersArgs extends SearchArgs {
  @Optional(() => Role, 'Role to filter by.')
  role?: Role | null;

  @Optional(() => ID, 'Id of the account to filter by.')
  accountId?: string | null;

  @Optional(() => Boolean, 'True for active users, false for deactivated users. Defaults to both.')
  active?: boolean | null;
}

@SimpleType('A user and its temporary password.')
export class UserPasswordPayload extends Payload {
  @Optional(() => User, 'Object after the change. Null if the mutation was rejected.')
  user!: User | null;

  @Optional(
    () => String,
    'Temporary password, valid for one week. Sign in with it and set `newPassword`. Shown once: only its hash is stored. Null if the input has a password, or a call repeats an idempotency key.',
  )
  oneTimePassword!: string | null;
}
