import { Field, InputType } from 'type-graphql';
import { Optional } from '../fields';

@InputType({ description: 'E-mail and password.' })
export class SignInInput {
  @Field({ description: 'In any case.' })
  email!: string;

  @Field({ description: 'Password of the user, or its temporary password.' })
  password!: string;

  @Optional(
    () => String,
    'Replaces a temporary password: 12 to 200 characters. Refused for any other password.',
  )
  newPassword?: string | null;
}
