import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime, currentTimeMs } from '../../clock';
import type { Transaction } from '../../database/index';
import { Account, AccountKind, ApiKey, ApiKeyScope, Role } from '../../entities/index';
import { invalid, notFound, Refusal } from '../../errors/index';
import { record } from '../../events/index';
import { authorize } from '../../policies/index';
import { countLiveKeys, insertInto, lockVisible, readById } from '../../store/index';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { createUser } from '../identity/create-user';
import { lockActor } from '../identity/lock';
import { NO_PASSWORD } from '../identity/passwords';
import { newSecret, toBearer } from '../identity/secrets';
import { optionalKey, parseInput, singleLine } from '../input';

/** Input of `createApiKey`. */
export interface CreateApiKeyInput {
  name: string;
  accountId?: string | null;
  scopes: readonly ApiKeyScope[];
  expiresAt?: Date | null;
  idempotencyKey?: string | null;
}

const DAY_MS = 24 * 3600 * 1000;
const MAX_DAYS = 731;
const DEFAULT_DAYS = 365;
const MAX_KEYS = 50;

const keyInput = z.object({
  name: singleLine('The name', 100),
  scopes: z.array(z.enum(ApiKeyScope)).min(1, { error: 'A key needs at least one scope' }),
});

/** Creates a key with a user that cannot sign in. Only this answer has `secret`: null for a repeated idempotency key. */
export async function createApiKey(
  context: ActorContext,
  input: CreateApiKeyInput,
): Promise<{ apiKey: ApiKey; secret: string | null }> {
  const { db, actor } = context;
  authorize(actor, 'createApiKey');
  const { idempotencyKey } = parseInput(optionalKey, input);
  const { name, scopes } = parseInput(keyInput, input);
  const expiresAt = parseExpiry(input.expiresAt);
  const { secret, hash } = newSecret();
  const id = typeid('key').toString();
  const create = async (tx: Transaction) => {
    const current = await lockActor(tx, actor, 'createApiKey');
    const accountId = input.accountId ?? current.accountId ?? '';
    const account = await lockVisible(tx, current, Account, accountId);
    if (!account) throw new Refusal([notFound('account', ['accountId'])]);
    await refuseIneligibleAccount(tx, account);
    const user = await createUser(tx, {
      name,
      email: `${id}@api-key.invalid`,
      roles: [Role.RESELLER],
      accountId: account.id,
      passwordHash: NO_PASSWORD,
    });
    const key = Object.assign(new ApiKey(), {
      id,
      name,
      accountId: account.id,
      userId: user.id,
      createdById: actor.userId,
      scopes: [...new Set([ApiKeyScope.READ, ...scopes])],
      secretHash: hash,
      createdAt: currentTime(),
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    });
    await insertInto(tx, ApiKey, key);
    const message = `The API key ${name} was made.`;
    record(tx, { type: 'key.created', message, userId: actor.userId, accountId: account.id, data: { id } });
  };
  const madeId = await once(context, 'createApiKey', idempotencyKey, input, commit => commit(id, create));
  return {
    apiKey: await readById(db, ApiKey, madeId),
    secret: madeId === id ? toBearer('sbk', id, secret) : null,
  };
}

function parseExpiry(asked: Date | null | undefined): Date {
  const now = currentTimeMs();
  const at = asked?.getTime() ?? now + DEFAULT_DAYS * DAY_MS;
  if (at > now && at <= now + MAX_DAYS * DAY_MS) return new Date(at);
  throw new Refusal([
    invalid(['expiresAt'], `The expiry time of a key must be in the future and within ${MAX_DAYS} days.`),
  ]);
}

async function refuseIneligibleAccount(tx: Transaction, account: Account): Promise<void> {
  if (account.kind !== AccountKind.RESELLER) {
    throw new Refusal([
      invalid(['accountId'], `${account.name} is not a reseller. Only resellers can have API keys.`),
    ]);
  }
  if ((await countLiveKeys(tx, account.id, currentTime())) >= MAX_KEYS) {
    throw new Refusal([
      invalid([], `An account can have at most ${MAX_KEYS} API keys. Revoke an unused key first.`),
    ]);
  }
}
