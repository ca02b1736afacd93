import { z } from 'zod';
import { currentTimeMs } from '../../clock';
import type { Webhook } from '../../entities';
import { authorize } from '../../policies';
import { changeWebhook } from '../../store';
import { newWebhookSecret } from '../../webhooks';
import type { ActorContext } from '../context';
import { parseInput } from '../input';
import { lockWebhook, reread, tell } from './change-webhook';

const HOUR_MS = 3_600_000;
const MOST_HOURS = 168;
const words = { error: `The secret before can go on signing for 0 to ${MOST_HOURS} hours` };

const rotation = z.object({ keepPreviousForHours: z.int(words).min(0, words).max(MOST_HOURS, words) });

/** Gives a webhook another secret; for a while messages are signed with both. `secret` is in the answer alone. */
export async function rotateWebhookSecret(
  context: ActorContext,
  input: { webhookId: string; keepPreviousForHours: number },
): Promise<{ webhook: Webhook; secret: string }> {
  const { db, actor, webhooks } = context;
  authorize(actor, 'rotateWebhookSecret');
  const { keepPreviousForHours } = parseInput(rotation, input);
  const secret = newWebhookSecret();
  const webhook = await db.transaction(async tx => {
    const found = await lockWebhook(context, tx, 'rotateWebhookSecret', input.webhookId);
    const { id, url } = found;
    const patch = {
      secret: webhooks.secrets.seal(secret, id),
      previousSecret: keepPreviousForHours > 0 ? found.secret : null,
      previousSecretUntil:
        keepPreviousForHours > 0 ? new Date(currentTimeMs() + keepPreviousForHours * HOUR_MS) : null,
    };
    await changeWebhook(tx, id, patch);
    tell(context, tx, found, `The webhook ${url} has another secret.`.slice(0, 1000));
    return reread(tx, id);
  });
  return { webhook, secret };
}
