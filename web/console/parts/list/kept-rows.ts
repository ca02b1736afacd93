import type { Client } from 'urql';
import type { LoadedRows } from './loaded-rows';
import type { Listed } from './types';

/** Number of lists whose rows are kept, for Back and Forward. */
const MAX_KEPT = 10;

// biome-ignore lint/suspicious/noExplicitAny: each list has rows of its own type
const kept = new WeakMap<Client, Map<string, LoadedRows<any>>>();

/** Rows of a list that this client has shown before, or new ones. */
export function rowsOf<Row extends Listed>(
  client: Client,
  key: string,
  create: () => LoadedRows<Row>,
): LoadedRows<Row> {
  const lists = kept.get(client) ?? new Map();
  kept.set(client, lists);
  const rows = lists.get(key) ?? create();
  lists.delete(key);
  lists.set(key, rows);
  const [oldest] = lists.keys();
  if (lists.size > MAX_KEPT) lists.delete(oldest);
  return rows;
}
