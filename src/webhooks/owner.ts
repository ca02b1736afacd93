import type { Database, Transaction } from '../database';
import { type Account, User, type Webhook, WebhookState } from '../entities';
import { type Actor, accountActor, DISTRIBUTOR, ownsEveryAccount } from '../policies';
import { changeWebhook, findById, findWebhooksOfAllBy, lockWebhook } from '../store';
import { disableWebhook } from './enable-disable';

const ORPHANED =
  'Its creator is no longer an active administrator. An administrator who enables it becomes its creator.';

/** Webhook with its account or, for a webhook of every account, with its creator. */
export interface OwnedWebhook {
  account: Account | null;
  creator: User | null;
}

/** Actor whose visibility applies to a webhook. Null if it is of every account, and its creator has lost that right. */
export function viewerOf({ account, creator }: OwnedWebhook): Actor | null {
  if (account) return accountActor(account);
  return creator && ownsEveryAccount(creator) ? DISTRIBUTOR : null;
}

/** Whether a webhook is of every account, and its creator has lost that right. */
async function isOrphaned(tx: Transaction, { accountId, createdById }: Webhook): Promise<boolean> {
  if (accountId !== null) return false;
  const creator = await findById(tx, User, createdById);
  return !creator || !ownsEveryAccount(creator);
}

/** Disables a webhook that is orphaned, and enabled. Resolves to whether it was. */
export function disableOrphan(db: Database, webhookId: string): Promise<boolean> {
  return db.transaction(async tx => {
    const webhook = await lockWebhook(tx, webhookId);
    if (webhook?.state !== WebhookState.ENABLED || !(await isOrphaned(tx, webhook))) return false;
    await disableWebhook(tx, webhook, ORPHANED, null);
    return true;
  });
}

/** Disables the webhooks of every account of a locked user that loses the right to them, caused by `byId`. */
export async function disableWebhooksOf(tx: Transaction, userId: string, byId: string): Promise<void> {
  for (const { id } of await findWebhooksOfAllBy(tx, userId)) {
    const webhook = await lockWebhook(tx, id);
    if (webhook) await disableWebhook(tx, webhook, ORPHANED, byId);
  }
}

/** Makes the administrator who enables an orphaned webhook its creator. */
export async function adoptOrphan(tx: Transaction, webhook: Webhook, userId: string): Promise<void> {
  if (await isOrphaned(tx, webhook)) await changeWebhook(tx, webhook.id, { createdById: userId });
}
