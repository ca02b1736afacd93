import type { TestGateway } from './gateway';

/** What may differ while nothing is written: the log is numbered behind the scenes, and a key notes its last use. */
const UNTOLD = new Set(['seq', 'lastUsedAt']);

/** The rows of every table that holds what people do, or who they are. */
const TABLES = [
  'accounts',
  'users',
  'api_keys',
  'baskets',
  'basket_lines',
  'orders',
  'order_lines',
  'subscriptions',
  'subscription_addons',
  'operations',
  'steps',
  'cancellation_requests',
  'subscription_changes',
  'subscription_lots',
  'charges',
  'service_accounts',
  'idempotency_keys',
  'categories',
  'products',
  'addons',
  'product_addons',
  'currencies',
  'price_lists',
  'prices',
  'past_prices',
  'retail_prices',
  'catalog_version',
  'webhooks',
  'deliveries',
  'delivery_queues',
  'mails',
  'invitations',
  'password_resets',
  'events',
];

type Tables = Record<string, string[]>;

/** Everything that is written, a line a row, in an order that does not depend on how it is stored. */
export async function everything(gateway: TestGateway): Promise<Tables> {
  const tables: Tables = {};
  for (const table of TABLES) {
    const rows = await gateway.rows(`SELECT * FROM ${table}`);
    tables[table] = rows
      // A test signs its callers in when it first needs them.
      .filter(({ type }) => type !== 'user.signed-in')
      .map(row => JSON.stringify(Object.entries(row).filter(([column]) => !UNTOLD.has(column))))
      .sort();
  }
  return tables;
}

/** Does `act` and shows that it has written nothing at all; gives what it resolves to. */
export async function writingNothing<T>(gateway: TestGateway, act: () => Promise<T>): Promise<T> {
  await gateway.settled();
  const before = await everything(gateway);
  const result = await act();
  expect(await everything(gateway)).toEqual(before);
  return result;
}

/** How many rows some tables have. */
export async function counts<Name extends string>(
  gateway: TestGateway,
  ...tables: Name[]
): Promise<Record<Name, number>> {
  const entries: [string, number][] = [];
  for (const table of tables) {
    const [row] = await gateway.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    entries.push([table, row?.n ?? 0]);
  }
  return Object.fromEntries(entries) as Record<Name, number>;
}
