import { currentTime } from '../clock';
import {
  columns,
  databaseNow,
  fromNowBy,
  padded,
  placeholders,
  type Session,
  type Transaction,
} from '../database';
import {
  CloudSubscription,
  OperationState,
  OperationStep,
  Order,
  type OrderState,
  ProvisioningOperation,
  StepName,
  StepState,
} from '../entities';
import type { Actor } from '../policies';
import { advance, writeAdvanced } from './advance';
import { listCondition } from './find';
import { findSnapshot, type SnapshotRows } from './snapshot';
import { transitionAll } from './transition';
import { Where } from './where';

const o = columns(ProvisioningOperation, 'o');
const p = columns(ProvisioningOperation, 'p');
const t = columns(ProvisioningOperation, 't');
const s = columns(CloudSubscription, 's');
const d = columns(Order, 'd');
const step = columns(OperationStep, 'step');
const own = columns(OperationStep, 't');

/** Inserts an operation, due now by the database's clock, which all workers use. */
export const insertOperation = ({ manager }: Transaction, operation: Partial<ProvisioningOperation>) =>
  manager.insert(ProvisioningOperation, { ...operation, dueAt: databaseNow });

/** Finds the steps of an operation, in order. */
export const findSteps = ({ manager }: Session, operationId: string) =>
  manager.find(OperationStep, { where: { operationId }, order: { position: 'ASC' } });

/** Finds the operations of a subscription, oldest first. */
export const findOperationsOf = ({ manager }: Session, subscriptionId: string) =>
  manager.find(ProvisioningOperation, { where: { subscriptionId }, order: { id: 'ASC' } });

/** Finds the latest operation of a subscription. */
export const findLastOperation = ({ manager }: Session, subscriptionId: string) =>
  manager.findOne(ProvisioningOperation, { where: { subscriptionId }, order: { id: 'DESC' } });

/** Whether a subscription has an open operation. */
export const hasOpenOperation = async ({ manager }: Session, openSlot: string): Promise<boolean> =>
  (await manager.findOneBy(ProvisioningOperation, { openSlot })) !== null;

/** Whether a subscription has an operation that has failed, which can be retried or abandoned. */
export const hasFailedOperation = async ({ manager }: Session, subscriptionId: string): Promise<boolean> =>
  (await manager.countBy(ProvisioningOperation, { subscriptionId, state: OperationState.FAILED })) > 0;

/** Whether an order has an operation on a subscription. */
export const isPartOfOrder = async ({ manager }: Session, orderId: string, subscriptionId: string) =>
  (await manager.countBy(ProvisioningOperation, { orderId, subscriptionId })) > 0;

/** Finds the UNDO of an abandoned operation. */
export const findUndoOf = ({ manager }: Session, undoes: string) =>
  manager.findOneBy(ProvisioningOperation, { undoes });

/** Order as the outcome of its operations changes it. */
export type SettledOrder = Pick<Order, 'id' | 'state' | 'completedAt'>;

/** Operation of an order, with the order. */
export type OrderOperation = Pick<ProvisioningOperation, 'kind' | 'state'> & { order: SettledOrder };

/** Finds the kinds and states of the operations of orders, with the orders. */
export async function findOrderOperations(
  session: Session,
  orderIds: readonly string[],
): Promise<OrderOperation[]> {
  const ids = padded(orderIds);
  const rows = await session.rows<
    Omit<OrderOperation, 'order'> & Omit<SettledOrder, 'state'> & { orderState: OrderState }
  >(
    `SELECT ${o.kind}, ${o.state}, ${d.id}, ${d.state} AS orderState, ${d.completedAt}
     FROM ${d.table} STRAIGHT_JOIN ${o.table} ON ${o.orderId} = ${d.id} WHERE ${d.id} IN ${placeholders(ids)}`,
    ids,
  );
  return rows.map(({ kind, state, id, orderState, completedAt }) => ({
    kind,
    state,
    order: Object.assign(new Order(), { id, state: orderState, completedAt }),
  }));
}

/** Counts the open operations with an account as the recipient or the reseller. */
export function countOpenOperations(session: Session, accountId: string): Promise<number> {
  return session.count(
    ProvisioningOperation,
    `WHERE (${t.accountId} = ? OR ${t.resellerId} = ?) AND ${t.openSlot} IS NOT NULL`,
    [accountId, accountId],
  );
}

/** Locks the order, the subscription and the operation, in this order. False if the claim no longer holds. */
export async function lockOperation(
  tx: Transaction,
  { id, orderId, subscriptionId, token, state, position }: ProvisioningOperation,
): Promise<boolean> {
  const [order, which] = orderId ? [`${d.table} STRAIGHT_JOIN`, `${d.id} = ? AND`] : ['', ''];
  const held = await tx.rows(
    `SELECT 1 FROM ${order} ${s.table} STRAIGHT_JOIN ${p.table} WHERE ${which} ${s.id} = ? AND ${p.id} = ?
     AND ${p.token} = ? AND ${p.state} = ? AND ${p.position} = ? AND ${p.dueAt} IS NOT NULL FOR UPDATE`,
    [...(orderId ? [orderId] : []), subscriptionId, id, token, state, position],
  );
  return held.length > 0;
}

/**
 * Locks several operations with their subscriptions and orders, as far as nobody else has locked one of them: this read never waits.
 * Resolves to the ids of those that are locked and whose claims still hold.
 */
export async function lockOperationsAtOnce(
  tx: Transaction,
  operations: readonly ProvisioningOperation[],
): Promise<Set<string>> {
  const all = padded(operations);
  const held = `(${p.id} = ? AND ${p.token} = ? AND ${p.state} = ? AND ${p.position} = ?)`;
  const rows = await tx.rows<{ id: string }>(
    `SELECT ${p.id} FROM ${p.table} FORCE INDEX (PRIMARY) STRAIGHT_JOIN ${s.table} ON ${s.id} = ${p.subscriptionId}
     LEFT JOIN ${d.table} ON ${d.id} = ${p.orderId}
     WHERE (${all.map(() => held).join(' OR ')}) AND ${p.dueAt} IS NOT NULL AND (${p.orderId} IS NULL OR ${d.id} IS NOT NULL)
     FOR UPDATE SKIP LOCKED`,
    all.flatMap(({ id, token, state, position }) => [id, token, state, position]),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Next time that an operation can be claimed: at the expiry of its lease, after a delay, or never. */
export type NextDue = { leaseMs: number } | { inMs: number } | 'never';

/** Progress of an operation: the position of its next step, and the next time that it can be claimed. */
export interface Progress {
  operation: ProvisioningOperation;
  position: number;
  due: NextDue;
}

/**
 * Writes advanced operations in one statement, each if its token, state and position are unchanged since the claim. Ending
 * the claim increments the token, so that no late renewal matches; progress resets the count of claims. Resolves to
 * undefined if a claim no longer holds: the transaction must be rolled back.
 */
export async function writeOperations(
  tx: Transaction,
  all: readonly Progress[],
): Promise<ProvisioningOperation[] | undefined> {
  const dueIn = new Map<ProvisioningOperation, number | null>();
  const written = all.map(({ operation, position, due }) => {
    const { token, owner, claims } = operation;
    const keeps = due !== 'never' && 'leaseMs' in due;
    const next = advance(tx, ProvisioningOperation, operation, {
      position,
      finishedAt: due === 'never' ? currentTime() : null,
      ...(keeps ? { owner } : { owner: null, token: token + 1 }),
      claims: keeps && position === operation.position ? claims : 0,
    });
    dueIn.set(next, dueMs(due));
    return next;
  });
  const held = await writeAdvanced(tx, ProvisioningOperation, written, {
    key: ['id'],
    columns: ['state', 'position', 'finishedAt', 'owner', 'token', 'claims'],
    unchanged: ['token', 'position'],
    condition: `${t.dueAt} IS NOT NULL`,
    computed: [{ sql: ms => `${t.dueAt} = ${fromNowBy(ms)}`, value: row => dueIn.get(row) ?? null }],
  });
  return held ? written : undefined;
}

function dueMs(due: NextDue): number | null {
  if (due === 'never') return null;
  return 'leaseMs' in due ? due.leaseMs : due.inMs;
}

/** Moves the failed steps of an operation back to PENDING and resets their attempts. */
export function resetFailedSteps(tx: Transaction, operationId: string): Promise<number> {
  const fresh = { state: StepState.PENDING, attempts: 0, startedAt: null, finishedAt: null };
  return transitionAll(tx, OperationStep, fresh, {
    sql: `${own.operationId} = ? AND ${own.state} = '${StepState.FAILED}'`,
    values: [operationId],
  });
}

/** Whether an operation of a subscription has reached the step that requests the license from the provider. */
export async function wasLicenseRequested(session: Session, subscriptionId: string): Promise<boolean> {
  const rows = await session.rows(
    `SELECT 1 FROM ${o.table} JOIN ${step.table} ON ${step.operationId} = ${o.id}
     WHERE ${o.subscriptionId} = ? AND ${step.name} = '${StepName.ASSIGN_LICENSE}' AND ${o.position} >= ${step.position}`,
    [subscriptionId],
  );
  return rows.length > 0;
}

/** Literals instead of a negation, so that an index is used. */
const UNFINISHED = [OperationState.PENDING, OperationState.RUNNING, OperationState.FAILED]
  .map(state => `'${state}'`)
  .join(', ');

/** Finds operations of an order or a subscription, or all unfinished ones, that `actor` may see. */
export async function findCurrentOperations(
  session: Session,
  actor: Actor,
  { orderId, subscriptionId }: { orderId?: string | null; subscriptionId?: string | null },
): Promise<SnapshotRows<ProvisioningOperation>> {
  const where = new Where(await listCondition(session, actor, ProvisioningOperation))
    .is(t.orderId, orderId || null)
    .is(t.subscriptionId, subscriptionId || null);
  if (!orderId && !subscriptionId) where.and(`${t.state} IN (${UNFINISHED})`);
  return findSnapshot(session, ProvisioningOperation, where);
}
