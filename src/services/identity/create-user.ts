import { typeid } from 'typeid-js';
import type { Transaction } from '../../database';
import { Basket, User } from '../../entities';
import { insertInto } from '../../store';
import { newBasket } from '../basket/change-basket';

/** Inserts a user and, if it has an account, its first basket. */
export async function createUser(tx: Transaction, user: Partial<User>): Promise<User> {
  const fresh = { id: typeid('usr').toString(), accountId: null, sessionVersion: 0 };
  const row = Object.assign(new User(), fresh, user);
  await insertInto(tx, User, row);
  if (row.accountId) await insertInto(tx, Basket, newBasket(typeid('bkt').toString(), row.id));
  return row;
}
