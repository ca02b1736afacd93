import { typeid } from 'typeid-js';
import { IsNull, Not } from 'typeorm';
import { columns, databaseNow, fromNow, type Transaction } from '../database';
import { DeliveryQueue } from '../entities';

const q = columns(DeliveryQueue);

/** Queue with the fencing token of its claim. */
type QueueClaim = Pick<DeliveryQueue, 'id' | 'token'>;
type Subject = Pick<DeliveryQueue, 'webhookId' | 'subject'>;

/** Creates missing queues, due now, and locks existing ones. Hand-written, because it is a hot path. */
export async function ensureQueues(tx: Transaction, subjects: readonly Subject[]): Promise<void> {
  await tx.execute(
    `INSERT INTO ${q.table} (${q.id}, ${q.webhookId}, ${q.subject}, ${q.dueAt}, ${q.token}, ${q.claims})
     VALUES ${subjects.map(() => '(?, ?, ?, NOW(3), 0, 0)').join(',')}
     ON DUPLICATE KEY UPDATE ${q.token} = ${q.token}`,
    subjects.flatMap(({ webhookId, subject }) => [typeid('dq').toString(), webhookId, subject]),
  );
}

/** Makes a queue due now, unless it is claimed or its webhook is disabled. */
export const makeQueueDue = ({ manager }: Transaction, { webhookId, subject }: Subject) =>
  manager.update(
    DeliveryQueue,
    { webhookId, subject, owner: IsNull(), dueAt: Not(IsNull()) },
    { dueAt: databaseNow },
  );

/** Locks a claimed queue. Resolves to false if the claim no longer holds. */
export const lockQueue = async ({ manager }: Transaction, { id, token }: QueueClaim): Promise<boolean> =>
  (await manager.findOne(DeliveryQueue, { where: { id, token }, lock: { mode: 'pessimistic_write' } })) !==
  null;

/** Renews the lease of a claimed queue. Resolves to false if the claim no longer holds. */
export async function renewQueueClaim(
  { manager }: Transaction,
  { id, token }: QueueClaim,
  leaseMs: number,
): Promise<boolean> {
  const held = { dueAt: () => fromNow(leaseMs), claims: 0 };
  return (await manager.update(DeliveryQueue, { id, token }, held)).affected === 1;
}

/** Releases a claimed queue, due in `delayMs` milliseconds. Resolves to false if the claim no longer holds. */
export async function releaseQueue(
  { manager }: Transaction,
  { id, token }: QueueClaim,
  delayMs: number,
): Promise<boolean> {
  const released = { dueAt: () => fromNow(delayMs), claims: 0, owner: null, token: () => `${q.token} + 1` };
  return (await manager.update(DeliveryQueue, { id, token }, released)).affected === 1;
}

/** Suspends a queue until its webhook is enabled. */
export const suspendQueue = ({ manager }: Transaction, id: string) =>
  manager.update(DeliveryQueue, { id }, { dueAt: null });

/** Suspends the queues of a webhook until it is enabled. */
export const suspendQueuesOf = ({ manager }: Transaction, webhookId: string) =>
  manager.update(DeliveryQueue, { webhookId }, { dueAt: null });

/** Makes the suspended queues of a webhook due now. */
export const resumeQueuesOf = ({ manager }: Transaction, webhookId: string) =>
  manager.update(DeliveryQueue, { webhookId, dueAt: IsNull() }, { dueAt: databaseNow });

/** Deletes a queue. */
export const deleteQueue = ({ manager }: Transaction, id: string) => manager.delete(DeliveryQueue, { id });

/** Deletes the queues of a webhook. */
export const deleteQueuesOf = ({ manager }: Transaction, webhookId: string) =>
  manager.delete(DeliveryQueue, { webhookId });
