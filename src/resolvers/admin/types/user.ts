import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { nullable, Role, SimpleType, User } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from '../../types/fields';
import { SearchArgs } from '../../types/page-args';
import { Payload } from '../../types/payloads';

@InputType({ description: 'What a user is to be.' })
export class CreateUserInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'For people: up to 100 characters.' })
  name!: string;

  @Field({ description: 'Signs in with it. Unique.' })
  email!: string;

  @Field(() => [Role], {
    description: 'What it may do: staff without an account, otherwise what the account is.',
  })
  roles!: Role[];

  @Optional(() => ID, 'Whose user it is; none for BSS staff.')
  accountId?: string | null;

  @Optional(
    () => String,
    'From 12 to 200 characters. Where it is left out, a password to begin with is made and shown once.',
  )
  password?: string | null;
}

@InputType({ description: 'Which user.' })
export class UserInput {
  @Field(() => ID, { description: 'The user; not yourself.' })
  userId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What is to change of a user; what is left out stays.' })
export class UpdateUserInput extends UserInput {
  @Optional(() => String, 'For people: up to 100 characters.')
  name?: string | null;

  @Optional(() => String, 'Signs in with it. Unique.')
  email?: string | null;
}

@ArgsType()
export class UsersArgs extends SearchArgs {
  @Field(() => Role, nullable('Only with this role.'))
  role?: Role | null;

  @Field(() => ID, nullable('Only of this account.'))
  accountId?: string | null;

  @Field(() => Boolean, nullable('Only those that are active, or only those that are deactivated.'))
  active?: boolean | null;
}

@SimpleType('A user with a password to begin with.')
export class UserPasswordPayload extends Payload {
  @Field(() => User, nullable('As it is now; null where nothing was done.'))
  user!: User | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Temporary password, shown once: only its hash is stored. Valid for a week, to sign in with a `newPassword`. Null if the input has a password, or a call repeats an idempotency key.',
  })
  oneTimePassword!: string | null;
}
