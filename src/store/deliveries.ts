import { columns, type Patch, placeholders, type Session, type Transaction } from '../database';
import {
  Account,
  type DeliveryQueue,
  DomainEvent,
  User,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryState,
} from '../entities';
import type { Actor } from '../policies';
import { findPage } from './find-page';
import type { Page, PageRequest } from './page';
import { type Order } from './sort-order';
import { transitionAll } from './transition';
import { visibilityCondition } from './visibility';
import { Where } from './where';

const { PENDING } = WebhookDeliveryState;

const d = columns(WebhookDelivery);
const t = columns(WebhookDelivery, 't');

/** Delivery to queue. */
export type NewDelivery = Pick<WebhookDelivery, 'id' | 'webhookId' | 'seq' | 'subject' | 'eventType'>;

/** Whether a queue has a pending delivery. */
export const hasPendingDelivery = async (
  { manager }: Session,
  { webhookId, subject }: Pick<DeliveryQueue, 'webhookId' | 'subject'>,
): Promise<boolean> =>
  (await manager.findOneBy(WebhookDelivery, { webhookId, subject, state: PENDING })) !== null;

/** Queues deliveries. Restarts deliveries that were queued before, and moves finished ones back to PENDING. */
export async function insertDeliveries(tx: Transaction, rows: readonly NewDelivery[]): Promise<void> {
  const affected = await tx.execute(
    `INSERT INTO ${d.table}
       (${d.id}, ${d.webhookId}, ${d.seq}, ${d.subject}, ${d.eventType}, ${d.state}, ${d.attempts}, ${d.createdAt})
     VALUES ${rows.map(() => `(?, ?, ?, ?, ?, '${PENDING}', 0, NOW(3))`).join(',')}
     ON DUPLICATE KEY UPDATE ${d.attempts} = 0, ${d.responseStatus} = NULL, ${d.error} = NULL,
       ${d.firstAttemptAt} = NULL, ${d.nextAttemptAt} = NULL, ${d.deliveredAt} = NULL`,
    rows.flatMap(({ id, webhookId, seq, subject, eventType }) => [id, webhookId, seq, subject, eventType]),
  );
  // MySQL counts an existing row that changed twice, and a finished one always changes.
  if (affected === rows.length) return;
  const keys = rows.map(() => `(${t.webhookId} = ? AND ${t.seq} = ?)`).join(' OR ');
  const values = rows.flatMap(({ webhookId, seq }) => [webhookId, seq]);
  await transitionAll(tx, WebhookDelivery, { state: PENDING }, { sql: `(${keys})`, values });
}

/** Writes the result of a failed attempt that will be retried. */
export const updatePendingDelivery = ({ manager }: Transaction, id: string, patch: Patch<WebhookDelivery>) =>
  manager.update(WebhookDelivery, { id, state: PENDING }, patch);

const PARTS = {
  webhook: Webhook,
  account: Account,
  creator: User,
  delivery: WebhookDelivery,
  event: DomainEvent,
};
const webhook = columns(Webhook, 'webhook');
const account = columns(Account, 'account');
const creator = columns(User, 'creator');
const delivery = columns(WebhookDelivery, 'delivery');
const event = columns(DomainEvent, 'event');

/** Finds the webhook, its account or else its creator, the next delivery and its event, in one statement. */
export const findNextDelivery = (
  session: Session,
  { webhookId, subject }: Pick<DeliveryQueue, 'webhookId' | 'subject'>,
) =>
  session.joined(
    PARTS,
    `FROM ${webhook.table}
     LEFT JOIN ${account.table} ON ${account.id} = ${webhook.accountId}
     LEFT JOIN ${creator.table} ON ${creator.id} = ${webhook.createdById} AND ${webhook.accountId} IS NULL
     LEFT JOIN ${delivery.table} ON ${delivery.webhookId} = ${webhook.id} AND ${delivery.subject} = ?
       AND ${delivery.state} = '${PENDING}'
     LEFT JOIN ${event.table} ON ${event.seq} = ${delivery.seq}
     WHERE ${webhook.id} = ? ORDER BY ${delivery.seq} LIMIT 1`,
    [subject, webhookId],
  );

/** Finds the ids of the oldest deliveries queued before `cutoff`. */
export const findExpiredDeliveries = (
  session: Session,
  cutoff: Date,
  limit: number,
): Promise<{ id: string }[]> =>
  session.rows(
    `SELECT ${d.id} FROM ${d.table} WHERE ${d.createdAt} < ? ORDER BY ${d.createdAt} LIMIT ${limit}`,
    [cutoff],
  );

/** Finds the ids of some deliveries of a webhook. */
export const findDeliveriesOf = (
  session: Session,
  webhookId: string,
  limit: number,
): Promise<{ id: string }[]> =>
  session.rows(`SELECT ${d.id} FROM ${d.table} WHERE ${d.webhookId} = ? LIMIT ${limit}`, [webhookId]);

/** Deletes deliveries by id. */
export async function deleteDeliveries(session: Session, rows: readonly { id: string }[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0)
    await session.execute(`DELETE FROM ${d.table} WHERE ${d.id} IN ${placeholders(ids)}`, ids);
}

const NEWEST: Order<WebhookDelivery> = { name: 'deliveries', direction: 'DESC', column: 'id' };

/** Finds a page of the deliveries of a webhook that `actor` may see, newest first. */
export function findDeliveriesPage(
  session: Session,
  actor: Actor,
  webhookId: string,
  states: readonly WebhookDeliveryState[] | null | undefined,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  const where = new Where(visibilityCondition(actor, WebhookDelivery))
    .is(t.webhookId, webhookId)
    .in(t.state, states);
  return findPage(session, WebhookDelivery, where, NEWEST, page);
}
