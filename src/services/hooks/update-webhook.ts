import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Patch } from '../../database';
import { type Webhook, WebhookState } from '../../entities';
import { checkVersion } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { changeWebhook, updateWebhook as markDeleted } from '../../store';
import { disable, enable } from '../../webhooks';
import type { ActorContext } from '../context';
import { kept, parseInput } from '../input';
import { lockWebhook, reread, tell } from './change-webhook';
import { description, eventTypes, urlOf } from './fields';

/** What `updateWebhook` is asked with: what is left out stays as it is. */
export interface UpdateWebhookInput {
  webhookId: string;
  url?: string | null;
  description?: string | null;
  eventTypes?: readonly string[] | null;
  state?: WebhookState | null;
  expectedVersion?: number | null;
}

/** Changes a webhook. One that is disabled keeps its place, and goes on there when it is enabled again. */
export async function updateWebhook(context: ActorContext, input: UpdateWebhookInput): Promise<Webhook> {
  const { db, actor } = context;
  authorize(actor, 'updateWebhook');
  const patch = changes(context, input);
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'updateWebhook', input.webhookId);
    const { id } = webhook;
    checkVersion(input.expectedVersion, webhook.version);
    if (Object.keys(patch).length > 0) {
      await changeWebhook(tx, id, patch);
    }
    if (input.state === WebhookState.DISABLED)
      await disable(tx, webhook, 'It was disabled by a person.', actor.userId);
    if (input.state === WebhookState.ENABLED) await enable(tx, webhook);
    tell(context, tx, webhook, `The webhook ${webhook.url} was changed.`.slice(0, 1000));
    return reread(tx, id);
  });
}

/** Null clears the description; the other fields cannot be empty. */
function changes(context: ActorContext, input: UpdateWebhookInput): Patch<Webhook> {
  const fields = {
    ...(input.url !== undefined && { url: kept(urlOf(context)) }),
    ...(input.description !== undefined && { description }),
    ...(input.eventTypes !== undefined && { eventTypes: kept(eventTypes) }),
  };
  const { state: _, ...patch } = parseInput(
    z.object({ ...fields, state: kept(z.enum(WebhookState)) }),
    input,
  );
  return patch as Patch<Webhook>;
}

/** Ends a webhook: nothing is posted any more, and what became of its events goes with it. */
export async function deleteWebhook(context: ActorContext, webhookId: string): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'deleteWebhook');
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'deleteWebhook', webhookId);
    const { id, accountId, url } = webhook;
    await disable(tx, webhook, 'It was deleted.', actor.userId);
    await markDeleted(tx, id, { deletedAt: currentTime(), secret: '', previousSecret: null });
    const message = `The webhook ${url} was deleted.`.slice(0, 1000);
    record(tx, { type: 'webhook.deleted', message, userId: actor.userId, accountId, data: { id } });
    return id;
  });
}
