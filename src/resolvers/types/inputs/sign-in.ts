import { Field, InputType } from 'type-graphql';
import { Optional } from '../fields';

@InputType({ description: 'Credentials of a user.' })
export class SignInInput {
  @Field({ description: 'E-mail address, case-insensitive.' })
  email!: string;

  @Field({ description: 'Password of the user, or its temporary password.' })
  password!: string;

  @Optional(
    () => String,
    'New password that replaces a temporary one, 12 to 200 characters. Rejected with any other password.',
  )
  newPassword?: string | null;
}
