import type { Session, Transaction } from '../database';
import { IdempotencyKey } from '../entities';

/** The key as a caller has used it for a mutation before. */
export const findIdempotencyKey = (
  { manager }: Session,
  { userId, mutation, idempotencyKey }: Pick<IdempotencyKey, 'userId' | 'mutation' | 'idempotencyKey'>,
) => manager.findOneBy(IdempotencyKey, { userId, mutation, idempotencyKey });

/** Takes a key. Waits for a transaction that has taken it. First in the lock order. */
export const insertIdempotencyKey = ({ manager }: Transaction, key: IdempotencyKey) =>
  manager.insert(IdempotencyKey, key);
