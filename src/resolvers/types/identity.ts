import { Field, ID, InputType } from 'type-graphql';
import { ApiKeyScope, DateTimeScalar, Role } from '../../entities';
import { OPTIONAL_KEY, Optional, VersionedInput } from './fields';

@InputType({ description: 'Refresh token of a session.' })
export class RefreshTokenInput {
  @Field({ description: 'Latest refresh token of the session. Valid once.' })
  refreshToken!: string;
}

@InputType({ description: 'Current password and new password.' })
export class ChangePasswordInput {
  @Field({ description: 'Current password.' })
  currentPassword!: string;

  @Field({ description: 'New password, 12 to 200 characters.' })
  newPassword!: string;
}

@InputType({ description: 'New roles of a user.' })
export class SetUserRolesInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the user.' })
  userId!: string;

  @Field(() => [Role], { description: 'All roles of the user. A user without a role has no access.' })
  roles!: Role[];
}

@InputType({ description: 'API key to create.' })
export class CreateApiKeyInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'Display name, up to 100 characters. Names the program that uses the key.' })
  name!: string;

  @Optional(
    () => ID,
    "Id of the reseller that owns the key. Defaults to the viewer's account. Staff that omits it gets a key that acts as the viewer.",
  )
  accountId?: string | null;

  @Field(() => [ApiKeyScope], { description: 'Permissions of the key. `READ` is added.' })
  scopes!: ApiKeyScope[];

  @Optional(() => DateTimeScalar, 'Expiry time. Defaults to one year from now, at most two years from now.')
  expiresAt?: Date | null;
}

@InputType({ description: 'API key to revoke.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'Id of the key.' })
  apiKeyId!: string;
}

@InputType({ description: 'Sessions to end.' })
export class SignOutInput {
  @Field({ defaultValue: false, description: 'True to end all sessions of the user. Default false.' })
  everywhere!: boolean;
}
