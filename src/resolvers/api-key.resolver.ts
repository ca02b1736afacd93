import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Account, ApiKey, nullable, User } from '../entities';
import { createApiKey } from '../services/api-keys/create-api-key';
import { revokeApiKey } from '../services/api-keys/revoke-api-key';
import { type Context, requireActor } from '../services/context';
import { findApiKeysPage } from '../store';
import { ApiKeyConnection } from './types/connection';
import { Input } from './types/fields';
import { CreateApiKeyInput, RevokeApiKeyInput } from './types/identity';
import { PageArgs } from './types/page-args';
import { changedObject, objectPayload, PayloadMutation, payloadOf } from './types/payloads';

const API_KEY = { apiKey: changedObject(ApiKey) };
const API_KEY_WITH_SECRET = {
  apiKey: changedObject(ApiKey, 'New API key. Null if the mutation was rejected.'),
  secret: {
    type: () => String,
    description:
      'Secret of the key. Send it as `Authorization: Bearer <secret>`. Shown once: only its hash is stored. Null if the call repeats an idempotency key.',
  },
};

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @Query(() => ApiKeyConnection, {
    description:
      "API keys of the viewer's account, newest first. Account managers see their own keys, and administrators see all.",
  })
  async apiKeys(
    @Arg('accountId', () => ID, nullable('Id of the account to filter by.')) accountId: string | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return ApiKeyConnection.of(await findApiKeysPage(db, actor, accountId, page));
  }

  @PayloadMutation(
    API_KEY_WITH_SECRET,
    'Creates an API key for a program: of a reseller, or of the calling member of staff. The secret is shown once.',
  )
  createApiKey(@Input() input: CreateApiKeyInput, @Ctx() context: Context) {
    const caller = requireActor(context);
    return payloadOf(() => createApiKey(caller, input));
  }

  @PayloadMutation(API_KEY, 'Revokes an API key at once, and ends its streams.')
  revokeApiKey(@Input() input: RevokeApiKeyInput, @Ctx() context: Context) {
    return objectPayload('apiKey', context, caller => revokeApiKey(caller, input.apiKeyId));
  }

  @FieldResolver(() => Account, nullable('Account that owns the key. Null for a key of BSS staff.'))
  account(@Root() { accountId }: ApiKey, @Ctx() { load }: Context): Promise<Account> | null {
    return accountId === null ? null : load.account.load(accountId);
  }

  @FieldResolver(() => User, {
    description:
      'User that the key acts as, whose name its changes carry. A key of BSS staff acts as its creator.',
  })
  user(@Root() { userId }: ApiKey, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(userId);
  }

  @FieldResolver(() => User, { description: 'User who created the key.' })
  createdBy(@Root() { createdById }: ApiKey, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(createdById);
  }
}
