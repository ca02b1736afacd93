import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Patch } from '../../database';
import { Webhook, WebhookState } from '../../entities';
import { checkVersion } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { changeWebhook, findVisible, readById, updateById } from '../../store';
import { adoptOrphan, disableWebhook, enableWebhook } from '../../webhooks';
import { changeMessage } from '../changed-fields';
import type { ActorContext } from '../context';
import { isGiven, parseInput, patchField } from '../input';
import { lockWebhook, recordChange } from './change-webhook';
import { description, eventTypesIn, urlOf } from './fields';

/** Input of `updateWebhook`. Omitted fields keep their values. */
export interface UpdateWebhookInput {
  webhookId: string;
  url?: string | null;
  description?: string | null;
  eventTypes?: readonly string[] | null;
  state?: WebhookState | null;
  expectedVersion?: number | null;
}

/** Changes a webhook. A disabled webhook keeps its position, and resumes there when it is enabled. */
export async function updateWebhook(context: ActorContext, input: UpdateWebhookInput): Promise<Webhook> {
  const { db, actor } = context;
  authorize(actor, 'updateWebhook');
  const found = await findVisible(db, actor, Webhook, input.webhookId);
  const patch = changes(context, input, found?.accountId === null);
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'updateWebhook', input.webhookId);
    const { id, url } = webhook;
    checkVersion(input.expectedVersion, webhook.version);
    const state = isGiven(input.state) ? { state: input.state } : {};
    const message = changeMessage(`The webhook ${url} was`, webhook, { ...patch, ...state });
    if (Object.keys(patch).length > 0) {
      await changeWebhook(tx, id, patch);
    }
    if (input.state === WebhookState.DISABLED)
      await disableWebhook(tx, webhook, 'It was disabled by a person.', actor.userId);
    if (input.state === WebhookState.ENABLED) {
      await adoptOrphan(tx, webhook, actor.userId);
      await enableWebhook(tx, webhook);
    }
    recordChange(context, tx, webhook, message);
    return readById(tx, Webhook, id);
  });
}

/** Null clears the description; the other fields cannot be empty. */
function changes(context: ActorContext, input: UpdateWebhookInput, everyAccount: boolean): Patch<Webhook> {
  const fields = {
    ...(input.url !== undefined && { url: patchField(urlOf(context)) }),
    ...(input.description !== undefined && { description }),
    ...(input.eventTypes !== undefined && { eventTypes: patchField(eventTypesIn(everyAccount)) }),
  };
  const { state: _, ...patch } = parseInput(
    z.object({ ...fields, state: patchField(z.enum(WebhookState)) }),
    input,
  );
  return patch as Patch<Webhook>;
}

/** Deletes a webhook and its deliveries. Nothing more is posted. */
export async function deleteWebhook(context: ActorContext, webhookId: string): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'deleteWebhook');
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'deleteWebhook', webhookId);
    const { id, accountId, url } = webhook;
    await disableWebhook(tx, webhook, 'It was deleted.', actor.userId);
    await updateById(tx, Webhook, id, { deletedAt: currentTime(), secret: '', previousSecret: null });
    const message = `The webhook ${url} was deleted.`;
    record(tx, { type: 'webhook.deleted', message, userId: actor.userId, accountId, data: { id } });
    return id;
  });
}
