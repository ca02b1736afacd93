import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Account, ApiKey, nullable, User } from '../entities';
import { createApiKey } from '../services/api-keys/create-api-key';
import { revokeApiKey } from '../services/api-keys/revoke-api-key';
import { type Context, requireActor } from '../services/context';
import { findApiKeysPage } from '../store';
import { ApiKeyConnection } from './types/connection';
import { Input } from './types/fields';
import { ApiKeyPayload, CreateApiKeyInput, CreateApiKeyPayload, RevokeApiKeyInput } from './types/identity';
import { PageArgs } from './types/page-args';
import { payloadOf } from './types/payloads';

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @Query(() => ApiKeyConnection, {
    description: 'The API keys of the own account, or of all for an administrator, newest first.',
  })
  async apiKeys(
    @Arg('accountId', () => ID, nullable('Only of this account.')) accountId: string | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return ApiKeyConnection.of(await findApiKeysPage(db, actor, accountId, page));
  }

  @Mutation(() => CreateApiKeyPayload, {
    description: "Makes an API key for a partner's program. Its secret is shown this once.",
  })
  createApiKey(@Input() input: CreateApiKeyInput, @Ctx() context: Context): Promise<CreateApiKeyPayload> {
    const caller = requireActor(context);
    return payloadOf<CreateApiKeyPayload>({ apiKey: null, secret: null }, () => createApiKey(caller, input));
  }

  @Mutation(() => ApiKeyPayload, { description: 'Ends an API key at once.' })
  revokeApiKey(@Input() input: RevokeApiKeyInput, @Ctx() context: Context) {
    return ApiKeyPayload.of(context, caller => revokeApiKey(caller, input.apiKeyId));
  }

  @FieldResolver(() => Account, { description: 'Whose it is.' })
  account(@Root() { accountId }: ApiKey, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(accountId);
  }

  @FieldResolver(() => User, { description: 'As whom it acts: its name is on what it does.' })
  user(@Root() { userId }: ApiKey, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(userId);
  }

  @FieldResolver(() => User, { description: 'Who made it.' })
  createdBy(@Root() { createdById }: ApiKey, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(createdById);
  }
}
