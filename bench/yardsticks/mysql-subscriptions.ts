import { CALLER } from './checkout-reads';
import { send as run } from './mysql-session';
import { serveJson } from './serve-json';

const session = process.env.BENCH_SESSION ?? '';
const user = process.env.BENCH_USER ?? '';

const marks = (ids: readonly string[]) => `(${ids.map(() => '?').join(',')})`;

/** Columns that the gateway reads too. */
const SUBSCRIPTION = `id, version, friendlyName, state, syncState, accountId, resellerId, serviceId, productId, exclusive,
  billingCycle, quantity, currency, recurringMinor, retailMinor, capacityBytes, externalId, externalReference, orderId,
  currentPeriodEnd, chargedUntil, createdAt, activatedAt, suspendedAt, suspensionReason, cancelledAt`;
const ACCOUNT = `id, version, kind, name, email, resellerId, accountManagerId, priceListId, billing, externalReference,
  deactivatedAt`;
const OPERATION = `id, kind, state, orderId, subscriptionId, requestId, changeId, undoes, accountId, resellerId,
  requestedById, provider, addons, suspensionReason, trackId, position, dueAt, token, claims, owner, createdAt, finishedAt`;

/** Names of products and add-ons in memory, as in the gateway. They do not change here. */
const names = new Map<string, string>();

/** List of subscriptions without GraphQL: the statements of the gateway, mapped by hand. */
async function main(): Promise<void> {
  for (const row of await run('SELECT id, name FROM products UNION SELECT id, name FROM addons', [])) {
    names.set(row.id, row.name);
  }
  const named = (id: string) => ({ id, name: names.get(id) });
  serveJson(async ({ first }) => {
    const sql = `SELECT ${SUBSCRIPTION} FROM subscriptions FORCE INDEX (subscriptions_by_reseller_and_creation)
      WHERE resellerId = ? ORDER BY createdAt DESC, id DESC LIMIT ${Number(first) + 1}`;
    const [caller] = await run(CALLER, [session, user, 0]);
    const found = await run(sql, [caller?.accountId]);
    const page = found.slice(0, first);
    const ids = page.map(({ id }) => id as string);
    const accounts = [...new Set(page.map(({ accountId }) => accountId as string))];
    const [owners, granted, operations] = await Promise.all([
      run(`SELECT ${ACCOUNT} FROM accounts WHERE id IN ${marks(accounts)}`, accounts),
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
