import { currentTime } from '../../clock';
import { ApiKey } from '../../entities/index';
import { notFound, Refusal } from '../../errors/index';
import { record } from '../../events/index';
import { authorize } from '../../policies/index';
import { lockVisible, updateById } from '../../store/index';
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
    const patch = { revokedAt: currentTime() };
    await updateById(tx, ApiKey, id, patch);
    await endAllSessions(tx, key.userId, 'The API key was revoked.', actor.userId);
    const message = `The API key ${key.name} was revoked.`;
    record(tx, {
      type: 'key.revoked',
      message,
      userId: actor.userId,
      accountId: key.accountId,
      data: { id },
    });
    return Object.assign(key, patch);
  });
}
