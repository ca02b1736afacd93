import { Field, ID, InputType, Int } from 'type-graphql';
import { ApiKey, ApiKeyScope, DateTimeScalar, nullable, Role, SimpleType, User } from '../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from './fields';
import { definePayload, Payload } from './payloads';

@InputType({ description: 'The refresh token of a session.' })
export class RefreshTokenInput {
  @Field({ description: 'As it was given; good once.' })
  refreshToken!: string;
}

@InputType({ description: 'The password as it is, and as it is to be.' })
export class ChangePasswordInput {
  @Field({ description: 'As it is.' })
  currentPassword!: string;

  @Field({ description: 'From 12 to 200 characters.' })
  newPassword!: string;
}

@InputType({ description: 'Other roles for a user.' })
export class SetUserRolesInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;

  @Field(() => [Role], { description: 'All roles that it is to have; none shuts it out.' })
  roles!: Role[];

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What an API key is to be.' })
export class CreateApiKeyInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'For people: which program has it. Up to 100 characters.' })
  name!: string;

  @Field(() => ID, nullable("The reseller whose key it is; the viewer's own account unless said otherwise."))
  accountId?: string | null;

  @Field(() => [ApiKeyScope], { description: 'What it may do.' })
  scopes!: ApiKeyScope[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends: in a year unless said otherwise, in two at the latest.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'Which API key.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The key.' })
  apiKeyId!: string;
}

@SimpleType('What became of a sign-out.')
export class SignOutPayload extends Payload {
  @Field({ description: 'Whether there was a session to end.' })
  signedOut!: boolean;
}

export const UserPayload = definePayload('user', User, 'What became of a change of a user.');

export const ApiKeyPayload = definePayload('apiKey', ApiKey, 'What became of an API key.');

@SimpleType('A new API key with its secret.')
export class CreateApiKeyPayload extends Payload {
  @Field(() => ApiKey, nullable('The key; null where nothing was done.'))
  apiKey!: ApiKey | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For `Authorization: Bearer …`. Shown this once; only its hash is kept. Null where the call repeats an idempotency key.',
  })
  secret!: string | null;
}
