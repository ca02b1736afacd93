import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime, currentTimeMs } from '../../clock';
import type { Transaction } from '../../database';
import { Account, AccountKind, ApiKey, ApiKeyScope, Role } from '../../entities';
import { invalid, notFound, Refusal, refuseIf, simple } from '../../errors';
import { record } from '../../events';
import { type Actor, authorize, hasRole, keyScopeErrors } from '../../policies';
import { countLiveKeys, insertInto, lockVisible, readById } from '../../store';
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

/**
 * Creates a key of a reseller, with a user that cannot sign in, or of the calling member of staff, as which it acts. Only
 * this answer has `secret`: null for a repeated idempotency key.
 */
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
    const account = await lockOwner(tx, current, input.accountId ?? current.accountId);
    refuseIf(keyScopeErrors(account ? [Role.RESELLER] : current.roles, scopes));
    const accountId = account?.id ?? null;
    const userId = account ? await createKeyUser(tx, id, name, account) : actor.userId;
    await refuseTooMany(tx, { accountId, userId });
    const key = Object.assign(new ApiKey(), {
      ...{ id, name, accountId, userId },
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
    record(tx, { type: 'key.created', message, userId: actor.userId, accountId, data: { id } });
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

/** Locks the reseller that owns the key. Null for the key of a member of staff, whose row is locked. */
async function lockOwner(tx: Transaction, actor: Actor, id: string | null): Promise<Account | null> {
  if (id === null) return null;
  const account = await lockVisible(tx, actor, Account, id);
  if (!account) throw new Refusal([notFound('account', ['accountId'])]);
  if (!hasRole(actor, Role.RESELLER, Role.ADMINISTRATOR)) {
    const message =
      'Only administrators can create keys of resellers. Omit `accountId` for a key of your own.';
    throw new Refusal([simple('FORBIDDEN', message, ['accountId'])]);
  }
  if (account.kind === AccountKind.RESELLER) return account;
  throw new Refusal([
    invalid(['accountId'], `${account.name} is not a reseller. Only resellers can have API keys.`),
  ]);
}

async function createKeyUser(
  tx: Transaction,
  keyId: string,
  name: string,
  { id: accountId }: Account,
): Promise<string> {
  const email = `${keyId}@api-key.invalid`;
  const user = { name, email, roles: [Role.RESELLER], accountId, passwordHash: NO_PASSWORD };
  return (await createUser(tx, user)).id;
}

async function refuseTooMany(tx: Transaction, owner: Pick<ApiKey, 'accountId' | 'userId'>): Promise<void> {
  if ((await countLiveKeys(tx, owner, currentTime())) < MAX_KEYS) return;
  const who = owner.accountId === null ? 'A member of staff' : 'An account';
  throw new Refusal([
    invalid([], `${who} can have at most ${MAX_KEYS} API keys. Revoke an unused key first.`),
  ]);
}
