import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { ApiKey, type User } from '../../entities';
import { notFound, Refusal } from '../../errors';
import { record, replaceName } from '../../events';
import { authorize } from '../../policies';
import { findStaffKeys, lockVisible, updateById } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from '../identity/lock';
import { endAllSessions } from '../identity/sessions';

/** Revokes an API key and ends its streams. Idempotent. */
export async function revokeApiKey({ db, actor }: ActorContext, id: string): Promise<ApiKey> {
  authorize(actor, 'revokeApiKey');
  return db.transaction(async tx => {
    const current = await lockActor(tx, actor, 'revokeApiKey');
    const key = await lockVisible(tx, current, ApiKey, id);
    if (!key) throw new Refusal([notFound('API key', ['apiKeyId'])]);
    if (key.revokedAt) return key;
    // The user of a key of staff is a person, whose sessions go on.
    if (key.accountId !== null)
      await endAllSessions(tx, key.userId, 'The API key was revoked.', actor.userId);
    return revoke(tx, key, actor.userId);
  });
}

/** Revokes the keys of a member of staff, because it has lost its roles. `byId` is who took them. */
export async function revokeKeysOf(tx: Transaction, user: User, byId: string): Promise<void> {
  for (const key of await findStaffKeys(tx, user.id)) if (!key.revokedAt) await revoke(tx, key, byId);
}

/** Replaces the name of a person in the names of its keys. */
export async function eraseKeyNames(tx: Transaction, user: User, pseudonym: string): Promise<void> {
  for (const { id, name } of await findStaffKeys(tx, user.id)) {
    await updateById(tx, ApiKey, id, { name: replaceName(name, user.name, pseudonym) });
  }
}

async function revoke(tx: Transaction, key: ApiKey, byId: string): Promise<ApiKey> {
  const { id, name, accountId } = key;
  const patch = { revokedAt: currentTime() };
  await updateById(tx, ApiKey, id, patch);
  record(tx, {
    type: 'key.revoked',
    message: `The API key ${name} was revoked.`,
    ...{ userId: byId, accountId, data: { id } },
  });
  return Object.assign(key, patch);
}
