import { columns, type EntityClass, type Session } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  Decider,
  DeliveryQueue,
  Mail,
  MailState,
  OperationState,
  Order,
  OrderState,
  ProvisioningOperation,
  SubscriptionChange,
  SubscriptionChangeState,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryState,
  WebhookState,
} from '../entities';
import type { Actor } from '../policies';
import { oldestSeconds } from './backlog';
import { listCondition } from './find';

const o = columns(ProvisioningOperation, 't');
const order = columns(Order, 't');
const request = columns(CancellationRequest, 't');
const change = columns(SubscriptionChange, 't');
const q = columns(DeliveryQueue, 'q');
const d = columns(WebhookDelivery, 'd');
const w = columns(Webhook, 'w');
const m = columns(Mail, 'm');

/** Number of records that wait, and the age of the oldest in seconds, 0 if there is none. */
export interface Waiting {
  count: number;
  oldestSeconds: number;
}

interface WaitingRow {
  count: number | string;
  oldest: number | string | null;
}

const toWaiting = (row?: WaitingRow): Waiting => ({
  count: Number(row?.count ?? 0),
  oldestSeconds: Math.max(0, Number(row?.oldest ?? 0)),
});

async function findWaiting(
  session: Session,
  actor: Actor,
  entity: EntityClass<object>,
  { table, since, where }: { table: string; since: string; where: string },
): Promise<Waiting> {
  const { sql, values } = await listCondition(session, actor, entity);
  const [row] = await session.rows<WaitingRow>(
    `SELECT COUNT(*) AS count, ${oldestSeconds(since)} AS oldest FROM ${table} WHERE ${where} AND ${sql}`,
    values,
  );
  return toWaiting(row);
}

/** Counts the orders that `actor` may see and that wait for their execution, by the index of their state. */
export const countOrdersToExecute = (session: Session, actor: Actor): Promise<Waiting> =>
  findWaiting(session, actor, Order, {
    table: order.table,
    since: order.placedAt,
    where: `${order.state} = '${OrderState.SUBMITTED}'`,
  });

/** Counts the cancellation requests that `actor` may see and that the distributor has to decide. */
export const countRequestsToDecide = (session: Session, actor: Actor): Promise<Waiting> =>
  findWaiting(session, actor, CancellationRequest, {
    table: request.table,
    since: request.requestedAt,
    where: `${request.state} = '${CancellationRequestState.PENDING}' AND ${request.awaiting} = '${Decider.DISTRIBUTOR}'`,
  });

/** Counts the changes of subscriptions that `actor` may see and that the distributor has to decide. */
export const countChangesToDecide = (session: Session, actor: Actor): Promise<Waiting> =>
  findWaiting(session, actor, SubscriptionChange, {
    table: change.table,
    since: change.requestedAt,
    where: `${change.state} = '${SubscriptionChangeState.PENDING}' AND ${change.awaiting} = '${Decider.DISTRIBUTOR}'`,
  });

/** Period of the throughput, in seconds. */
export const PERIOD_SECONDS = 300;
/** Number of periods of the throughput. */
export const PERIODS = 12;

const SPAN = `INTERVAL ${PERIOD_SECONDS * PERIODS} SECOND`;
const isRecent = (column: string) => `${column} > NOW(3) - ${SPAN} AND ${column} <= NOW(3)`;
/** Number of whole periods since a time. */
const periodsAgo = (column: string) =>
  `TIMESTAMPDIFF(MICROSECOND, ${column}, NOW(3)) DIV ${PERIOD_SECONDS * 1_000_000}`;

/** Number of records of one kind within a period. */
export interface PeriodCount {
  /** Whole periods since the end of the period. */
  ago: number;
  count: number;
}

interface PeriodRow {
  ago: number | string;
  count: number | string;
  state?: OperationState;
}

const toPeriod = ({ ago, count }: PeriodRow): PeriodCount => ({ ago: Number(ago), count: Number(count) });

/** Counts the orders placed within the last hour that `actor` may see, by period. */
export async function countPlacedOrders(session: Session, actor: Actor): Promise<PeriodCount[]> {
  const { sql, values } = await listCondition(session, actor, Order);
  const rows = await session.rows<PeriodRow>(
    `SELECT ${periodsAgo(order.placedAt)} AS ago, COUNT(*) AS count FROM ${order.table}
     WHERE ${isRecent(order.placedAt)} AND ${sql} GROUP BY ago`,
    values,
  );
  return rows.map(toPeriod);
}

/** Counts the operations finished within the last hour that `actor` may see, by period and state. */
export async function countFinishedOperations(
  session: Session,
  actor: Actor,
): Promise<(PeriodCount & { state: OperationState })[]> {
  const { sql, values } = await listCondition(session, actor, ProvisioningOperation);
  const rows = await session.rows<PeriodRow & { state: OperationState }>(
    `SELECT ${periodsAgo(o.finishedAt)} AS ago, ${o.state}, COUNT(*) AS count FROM ${o.table}
     WHERE ${isRecent(o.finishedAt)} AND ${sql} GROUP BY ago, ${o.state}`,
    values,
  );
  return rows.map(row => ({ ...toPeriod(row), state: row.state }));
}

/** Last success within the hour of each provider. */
export async function findLastSuccesses(session: Session): Promise<ReadonlyMap<string, Date>> {
  const rows = await session.rows<{ provider: string; at: Date }>(
    `SELECT ${o.provider}, MAX(${o.finishedAt}) AS at FROM ${o.table}
     WHERE ${isRecent(o.finishedAt)} AND ${o.state} = '${OperationState.SUCCEEDED}' GROUP BY ${o.provider}`,
  );
  return new Map(rows.map(({ provider, at }) => [provider, at]));
}

/** Counts the mails that are not sent or given up. */
export async function countPendingMails(session: Session): Promise<Waiting> {
  const [row] = await session.rows<WaitingRow>(
    `SELECT COUNT(*) AS count, ${oldestSeconds(m.createdAt)} AS oldest
     FROM ${m.table} WHERE ${m.state} = '${MailState.PENDING}'`,
  );
  return toWaiting(row);
}

/** Counts the pending deliveries of enabled webhooks, by their queues: the cost grows with these, not with all. */
export async function countPendingDeliveries(session: Session): Promise<Waiting> {
  const [row] = await session.rows<WaitingRow>(
    `SELECT COUNT(*) AS count, ${oldestSeconds(d.createdAt)} AS oldest
     FROM ${q.table} JOIN ${d.table} ON ${d.webhookId} = ${q.webhookId} AND ${d.subject} = ${q.subject}
       AND ${d.state} = '${WebhookDeliveryState.PENDING}'
     WHERE ${q.dueAt} IS NOT NULL`,
  );
  return toWaiting(row);
}

/** Counts the webhooks that fail, and those that are disabled. */
export async function countTroubledWebhooks(
  session: Session,
): Promise<{ failing: number; disabled: number }> {
  const [row] = await session.rows<{ failing: number | string; disabled: number | string }>(
    `SELECT COUNT(CASE WHEN ${w.state} = '${WebhookState.ENABLED}' AND ${w.failingSince} IS NOT NULL THEN 1 END) AS failing,
       COUNT(CASE WHEN ${w.state} = '${WebhookState.DISABLED}' THEN 1 END) AS disabled
     FROM ${w.table} WHERE ${w.deletedAt} IS NULL`,
  );
  return { failing: Number(row?.failing ?? 0), disabled: Number(row?.disabled ?? 0) };
}
