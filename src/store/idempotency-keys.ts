import type { Session, Transaction } from '../database';
import { IdempotencyKey } from '../entities';

/** Finds an earlier use of a key by a user for a mutation. */
export const findIdempotencyKey = (
  { manager }: Session,
  { userId, mutation, idempotencyKey }: Pick<IdempotencyKey, 'userId' | 'mutation' | 'idempotencyKey'>,
) => manager.findOneBy(IdempotencyKey, { userId, mutation, idempotencyKey });

/** Inserts a key. Waits for a concurrent transaction with the same key. First in the lock order. */
export const insertIdempotencyKey = ({ manager }: Transaction, key: IdempotencyKey) =>
  manager.insert(IdempotencyKey, key);
