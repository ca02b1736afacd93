import { Field, InputType } from 'type-graphql';
import { Optional } from '../fields';

@InputType({ description: 'E-mail and password.' })
export class SignInInput {
  @Field({ description: 'In any case.' })
  email!: string;

  @Field({ description: 'As it was set, or as it was given to begin with.' })
  password!: string;

  @Optional(
    () => String,
    'Takes the place of a password that was given to begin with, and of no other: from 12 to 200 characters.',
  )
  newPassword?: string | null;
}
