import { In } from 'typeorm';
import { columns, padded, type Session, type Transaction } from '../database';
import { SubscriptionLot } from '../entities';

const l = columns(SubscriptionLot);

/** Finds the lots of a subscription, oldest first, those without units too. */
export const findLots = ({ manager }: Session, subscriptionId: string) =>
  manager.find(SubscriptionLot, {
    where: { subscriptionId },
    order: { since: 'ASC', operationId: 'ASC', itemId: 'DESC' },
  });

/** Finds the lots of several subscriptions, oldest first. */
export async function findAllLots(
  { manager }: Session,
  subscriptionIds: readonly string[],
): Promise<SubscriptionLot[]> {
  if (subscriptionIds.length === 0) return [];
  return manager.find(SubscriptionLot, {
    where: { subscriptionId: In(padded(subscriptionIds)) },
    order: { since: 'ASC', operationId: 'ASC', itemId: 'DESC' },
  });
}

/** Writes lots. Absolute, so that a repeated write has no effect. */
export async function putLots(tx: Transaction, lots: readonly SubscriptionLot[]): Promise<void> {
  if (lots.length === 0) return;
  const names = [l.operationId, l.itemId, l.subscriptionId, l.quantity, l.unitMinor, l.retailMinor, l.since];
  await tx.execute(
    `INSERT INTO ${l.table} (${names.join(', ')}) VALUES ${lots.map(() => '(?,?,?,?,?,?,?)').join(', ')}
     ON DUPLICATE KEY UPDATE ${l.quantity} = VALUES(${l.quantity})`,
    lots.flatMap(lot => [
      lot.operationId,
      lot.itemId,
      lot.subscriptionId,
      lot.quantity,
      lot.unitMinor,
      lot.retailMinor,
      lot.since,
    ]),
  );
}
