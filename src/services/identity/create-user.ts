import { typeid } from 'typeid-js';
import type { Transaction } from '../../database';
import { User } from '../../entities';
import { insertBasket, insertUser } from '../../store';
import { newBasket } from '../basket/change-basket';

/** Inserts a user and, if it has an account, its first basket. */
export async function createUser(tx: Transaction, user: Partial<User>): Promise<User> {
  const fresh = { id: typeid('usr').toString(), accountId: null, sessionVersion: 0 };
  const row = Object.assign(new User(), fresh, user);
  await insertUser(tx, row);
  if (row.accountId) await insertBasket(tx, newBasket(typeid('bkt').toString(), row.id));
  return row;
}
