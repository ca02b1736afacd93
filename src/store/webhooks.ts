import { In, IsNull, Not } from 'typeorm';
import { columns, type Patch, type Session, type Transaction } from '../database';
import { Webhook, WebhookState } from '../entities';
import type { Actor } from '../policies';
import { findPage } from './find-page';
import type { Page, PageRequest } from './page';
import { type Order } from './sort-order';
import { visibilityCondition } from './visibility';
import { Where } from './where';

const { ENABLED } = WebhookState;

const w = columns(Webhook);
const t = columns(Webhook, 't');

/** Locks a webhook. Before its queues in the lock order. */
export const lockWebhook = ({ manager }: Transaction, id: string) =>
  manager.findOne(Webhook, { where: { id }, lock: { mode: 'pessimistic_write' } });

/** Counts the webhooks of an account, or of every account for null, that are not deleted. */
export const countWebhooks = ({ manager }: Session, accountId: string | null) =>
  manager.countBy(Webhook, { accountId: accountId ?? IsNull(), deletedAt: IsNull() });

/** Finds the webhooks of these accounts, and of every account, that follow the log. */
export const findLiveWebhooks = ({ manager }: Session, accountIds: readonly string[]) =>
  manager.find(Webhook, {
    where: [In([...accountIds]), IsNull()].map(accountId => ({
      accountId,
      state: ENABLED,
      readFrom: IsNull(),
    })),
  });

/** Finds the enabled webhooks of every account that a user has created, in lock order. */
export const findWebhooksOfAllBy = ({ manager }: Session, createdById: string) =>
  manager.find(Webhook, {
    where: { createdById, accountId: IsNull(), state: ENABLED },
    order: { id: 'ASC' },
  });

/** Finds a deleted webhook whose rows must be removed. */
export const findDeletedWebhook = ({ manager }: Session) =>
  manager.findOneBy(Webhook, { deletedAt: Not(IsNull()) });

/** Writes a change by a caller, and increments the version. */
export const changeWebhook = ({ manager }: Transaction, id: string, patch: Patch<Webhook>) =>
  manager.update(Webhook, { id }, { ...patch, version: () => `${w.version} + 1` });

/** Records the first failure since the last success. */
export const recordWebhookFailure = ({ manager }: Transaction, id: string, since: Date) =>
  manager.update(Webhook, { id, failingSince: IsNull() }, { failingSince: since });

/** Detaches all webhooks that follow the log: each catches up from `readFrom` by itself. */
export const detachLiveWebhooks = ({ manager }: Transaction, readFrom: number) =>
  manager.update(Webhook, { state: ENABLED, readFrom: IsNull() }, { readFrom });

/** Deletes a webhook. */
export const deleteWebhook = ({ manager }: Transaction, id: string) => manager.delete(Webhook, { id });

const NEWEST: Order<Webhook> = { name: 'webhooks', direction: 'DESC', column: 'id' };

/** Finds a page of the webhooks that `actor` may see, newest first, of one account if given. */
export function findWebhooksPage(
  session: Session,
  actor: Actor,
  accountId: string | null | undefined,
  page: PageRequest,
): Promise<Page<Webhook>> {
  const where = new Where(visibilityCondition(actor, Webhook)).is(t.accountId, accountId);
  return findPage(session, Webhook, where, NEWEST, page);
}
