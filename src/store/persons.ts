import { columns } from '../database';
import { ApiKey } from '../entities';

const k = columns(ApiKey, 'k');

/** Condition that the user with the id in `column` is a person. The key of an account has a user of its own, which is none. */
export const isPerson = (column: string): string =>
  `NOT EXISTS (SELECT 1 FROM ${k.table} WHERE ${k.userId} = ${column} AND ${k.accountId} IS NOT NULL)`;
