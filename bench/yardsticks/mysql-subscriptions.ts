import { send as run } from './mysql-session';
import { serveJson } from './serve-json';

const session = process.env.BENCH_SESSION ?? '';

const marks = (ids: readonly string[]) => `(${ids.map(() => '?').join(',')})`;

/** Caller, which the gateway reads for every request, because its session can have ended. */
const CALLER = `SELECT u.id AS userId, u.roles, u.accountId, a.resellerId, a.priceListId
  FROM users u LEFT JOIN accounts a ON a.id = u.accountId
  JOIN sessions s ON s.userId = u.id AND s.revokedAt IS NULL WHERE s.id = ?`;

/** Columns that the gateway reads too. */
const SUBSCRIPTION = `id, version, friendlyName, state, syncState, accountId, resellerId, serviceId, productId, exclusive,
  billingCycle, quantity, currency, recurringMinor, capacityBytes, externalId, orderId, currentPeriodEnd, createdAt,
  activatedAt, cancelledAt`;
const OPERATION = `id, kind, state, orderId, subscriptionId, requestId, accountId, resellerId, requestedById, provider,
  addons, trackId, position, dueAt, token, claims, owner, createdAt, finishedAt`;

/** Names of products and add-ons in memory, as in the gateway. They do not change here. */
const names = new Map<string, string>();

/** List of subscriptions without GraphQL: the statements of the gateway, mapped by hand. */
async function main(): Promise<void> {
  for (const row of await run('SELECT id, name FROM products UNION SELECT id, name FROM addons', [])) {
    names.set(row.id, row.name);
  }
  const named = (id: string) => ({ id, name: names.get(id) });
  serveJson(async ({ first }) => {
    const sql = `SELECT ${SUBSCRIPTION} FROM subscriptions WHERE resellerId = ? ORDER BY id DESC LIMIT ${Number(first) + 1}`;
    const [caller] = await run(CALLER, [session]);
    const found = await run(sql, [caller?.accountId]);
    const page = found.slice(0, first);
    const ids = page.map(({ id }) => id as string);
    const accounts = [...new Set(page.map(({ accountId }) => accountId as string))];
    const [owners, granted, operations] = await Promise.all([
      run(
        `SELECT id, kind, name, email, resellerId, accountManagerId, priceListId, billing FROM accounts WHERE id IN ${marks(accounts)}`,
        accounts,
      ),
      run(
        `SELECT subscriptionId, addonId, quantity FROM subscription_addons WHERE subscriptionId IN ${marks(ids)} ORDER BY addonId`,
        ids,
      ),
      run(`SELECT ${OPERATION} FROM operations WHERE subscriptionId IN ${marks(ids)} ORDER BY id`, ids),
    ]);
    const owner = new Map(owners.map(row => [row.id, row.name]));
    const nodes = page.map(row => ({
      id: row.id,
      friendlyName: row.friendlyName,
      state: row.state,
      syncState: row.syncState,
      capacityBytes: String(row.capacityBytes),
      createdAt: row.createdAt,
      account: { id: row.accountId, name: owner.get(row.accountId) },
      product: named(row.productId),
      addons: granted
        .filter(({ subscriptionId }) => subscriptionId === row.id)
        .map(({ addonId, quantity }) => ({ quantity, addon: named(addonId) })),
      operations: operations
        .filter(({ subscriptionId }) => subscriptionId === row.id)
        .map(({ id, kind, state, createdAt }) => ({ id, kind, state, createdAt })),
    }));
    return { subscriptions: { nodes } };
  });
}

void main().catch(error => {
  console.error(error);
  process.exit(1);
});
