import { z } from 'zod';
import { currentTimeMs } from '../../clock';
import { Webhook } from '../../entities';
import { authorize } from '../../policies';
import { changeWebhook, readById } from '../../store';
import { newWebhookSecret } from '../../webhooks';
import type { ActorContext } from '../context';
import { parseInput } from '../input';
import { lockWebhook, recordChange } from './change-webhook';

const HOUR_MS = 3_600_000;
const MAX_HOURS = 168;
const message = { error: `The previous secret can stay valid for 0 to ${MAX_HOURS} hours` };

const rotation = z.object({ keepPreviousForHours: z.int(message).min(0, message).max(MAX_HOURS, message) });

/** Replaces the secret of a webhook. Messages are signed with both secrets for a time. `secret` is in this answer only. */
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
    recordChange(context, tx, found, `The webhook ${url} has another secret.`);
    return readById(tx, Webhook, id);
  });
  return { webhook, secret };
}
