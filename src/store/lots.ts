import { In } from 'typeorm';
import { columns, padded, type Session, type Transaction } from '../database';
import { SubscriptionLot } from '../entities';
import { writeAtEnd } from './write-at-end';

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

/** Writes lots, in one statement with the others of the transaction. Absolute, so that a repeated write has no effect. */
export const putLots = (tx: Transaction, lots: readonly SubscriptionLot[]): void =>
  writeAtEnd(tx, upsertLots, lots);

/** Inserts lots, or updates their quantities. */
export function upsertLots(tx: Transaction, lots: readonly SubscriptionLot[]): Promise<number> {
  const names = [l.operationId, l.itemId, l.subscriptionId, l.quantity, l.unitMinor, l.retailMinor, l.since];
  return tx.execute(
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
