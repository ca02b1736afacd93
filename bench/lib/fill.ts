import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';

/** Runs one statement. */
export type Run = (sql: string, values?: (string | number)[]) => Promise<unknown>;

/** Start of the ids: a UUIDv7 of 1970 in base 32. Its version is the `e`, its variant the `8` (RFC 9562, 5.7). */
const START = '0000000000e008';

/** Returns the id of the nth row of a kind: a TypeID that is older than all new ones. */
export const nthId = (prefix: string, n: number) => `${prefix}_${START}${String(n).padStart(12, '0')}`;

/** SQL of the id of the row with the number `n`. */
export const id = (prefix: string, n = 'n') => `CONCAT('${prefix}_${START}', LPAD(${n}, 12, '0'))`;
const DIGIT = `SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9`;

/** Returns a derived table of the numbers 0 to `count` - 1, in SQL of both MariaDB and MySQL. */
export function numbers(count: number): string {
  const places = Math.max(1, Math.ceil(Math.log10(count)));
  const sum = Array.from({ length: places }, (_, place) => `d${place}.d * ${10 ** place}`).join(' + ');
  const tables = Array.from({ length: places }, (_, place) => `(${DIGIT}) d${place}`).join(', ');
  return `(SELECT ${sum} AS n FROM ${tables} HAVING n < ${count}) numbers`;
}

const BILLING = `{"company":"Bench","vatNumber":null,"email":"bench@bench.example","addressLine1":"Street 1",
  "addressLine2":null,"city":"Berlin","postalCode":"10115","country":"DE"}`;

/**
 * Inserts customers, in turn direct customers of the demo account manager and end customers of the demo reseller. Each has
 * a user with a confirmed basket of a product and an add-on, ready for checkout.
 */
export async function fillCustomers(run: Run, count: number): Promise<void> {
  const from = numbers(count);
  const reseller = `IF(n % 2, '${accountId('Skyline IT')}', NULL)`;
  const manager = `IF(n % 2, NULL, '${userId('manager@bss.example')}')`;
  await run(`INSERT INTO accounts (id, kind, name, email, resellerId, accountManagerId, priceListId, billing)
    SELECT ${id('acc')}, 'CUSTOMER', CONCAT('Customer ', n), CONCAT('customer', n, '@bench.example'),
      ${reseller}, ${manager}, NULL, '${BILLING}' FROM ${from}`);
  await run(`INSERT INTO users (id, name, email, roles, accountId, passwordHash)
    SELECT ${id('usr')}, CONCAT('User ', n), CONCAT('user', n, '@bench.example'), '["CUSTOMER"]', ${id('acc')}, ''
    FROM ${from}`);
  await run(`INSERT INTO baskets (id, userId, state, version, recipientId, confirmedBilling, billingConfirmedAt, updatedAt)
    SELECT ${id('bkt')}, ${id('usr')}, 'OPEN', 3, NULL, '${BILLING}', NOW(3), NOW(3) FROM ${from}`);
  const addons = `[{"addonId":"${demoId('add', 'IC-ADD-1TB')}","quantity":2,"unitMinor":750}]`;
  await run(
    `INSERT INTO basket_lines (id, basketId, position, productId, billingCycle, quantity, friendlyName, addons,
      unitMinor, currency)
    SELECT ${id('line')}, ${id('bkt')}, 1, ?, 'MONTHLY', 1, 'Backups', ?, 800, 'EUR' FROM ${from}`,
    [demoId('prod', 'IC-BASE-1TB'), addons],
  );
}

/** Subscriptions with a cancellation request: the first ones, so that every page is full, and one in 500. */
const ENDING = '(n < 100 OR n % 500 = 0)';

/** Times of `fillRenewals`: before the renewals, and between two of them. */
export const RENEWALS = { from: '2028-01-01', everyMicroseconds: 36_000 };

/** Lets the subscriptions of `fillHistory` renew one after the other, each by its lot. */
export async function fillRenewals(run: Run, count: number): Promise<void> {
  const after = `INTERVAL CAST(SUBSTRING(id, -12) AS UNSIGNED) * ${RENEWALS.everyMicroseconds} MICROSECOND`;
  await run(`UPDATE subscriptions SET state = 'ACTIVE', activatedAt = '2027-01-01' + ${after},
      currentPeriodEnd = '${RENEWALS.from}' + ${after}, chargedUntil = '${RENEWALS.from}' + ${after}
    WHERE id LIKE 'sub\\_0000000%'`);
  await run(`INSERT INTO subscription_lots (operationId, itemId, subscriptionId, quantity, unitMinor, since)
    SELECT ${id('op')}, '${demoId('prod', 'CB-WORKSTATION')}', ${id('sub')}, 1, 450, '2027-01-01' FROM ${numbers(count)}`);
}

/**
 * Inserts `count` charges as renewals write them, spread over `subscriptions` subscriptions of `fillHistory`. Defaults to one
 * charge per subscription.
 */
export async function fillCharges(
  run: Run,
  count: number,
  customers: number,
  subscriptions = count,
): Promise<void> {
  const charged = `n % ${subscriptions}`;
  const day = `'2026-01-01' + INTERVAL n % 300 DAY`;
  const payer = `IF(n % ${customers} % 2, '${accountId('Skyline IT')}', ${id('acc', `n % ${customers}`)})`;
  await run('SET @first = (SELECT last FROM sequencer WHERE id = 1)');
  await run(`INSERT INTO charges (id, seq, kind, accountId, subscriptionId, orderId, itemId, line, periodStart, periodEnd,
      quantity, unitMinor, amountMinor, currency, cause, reversesId, createdAt)
    SELECT ${id('chr')}, @first + 1 + n, IF(n % 1000, 'RECURRING', 'ADJUSTMENT'), ${payer}, ${id('sub', charged)}, ${id('ord', charged)},
      '${demoId('prod', 'CB-WORKSTATION')}', ${id('op')}, ${day}, ${day} + INTERVAL 1 MONTH, 1, 450, 450, 'EUR', '0', '', ${day}
    FROM ${numbers(count)}`);
  await run(`UPDATE sequencer SET last = @first + ${count}, charged = @first + ${count} WHERE id = 1`);
}

/** Inserts `count` orders with their subscriptions, operations and events, spread over the customers. */
export async function fillHistory(run: Run, count: number, customers: number): Promise<void> {
  const from = numbers(count);
  const account = id('acc', `n % ${customers}`);
  const reseller = `IF(n % ${customers} % 2, '${accountId('Skyline IT')}', NULL)`;
  const product = demoId('prod', 'CB-WORKSTATION');
  const service = demoId('svc', 'cloud-backup');
  const user = id('usr', `n % ${customers}`);
  const day = `'2026-01-01' + INTERVAL n % 300 DAY`;
  await run(`INSERT INTO orders (id, version, source, state, recipientId, resellerId, placedById, executedById, billing,
      currency, totalMinor, placedAt, executedAt, completedAt)
    SELECT ${id('ord')}, 3, 'STOREFRONT', IF(n % 1000, 'COMPLETED', 'FAILED'), ${account}, ${reseller}, ${user}, ${user},
      '${BILLING}', 'EUR', 450, ${day}, ${day}, ${day} FROM ${from}`);
  await run(`INSERT INTO order_lines (id, orderId, position, productId, subscriptionId, billingCycle, quantity,
      friendlyName, addons, unitMinor, totalMinor, currency)
    SELECT ${id('oln')}, ${id('ord')}, 0, '${product}', ${id('sub')}, 'MONTHLY', 1, 'Desk', '[]', 450, 450, 'EUR'
    FROM ${from}`);
  await run(`INSERT INTO subscriptions (id, version, friendlyName, state, syncState, accountId, resellerId, serviceId,
      productId, exclusive, billingCycle, quantity, currency, recurringMinor, capacityBytes, externalId, orderId,
      currentPeriodEnd, chargedUntil, createdAt, activatedAt)
    SELECT ${id('sub')}, 2, CONCAT('Desk ', n), IF(${ENDING}, 'PENDING_CANCELLATION', 'ACTIVE'), 'SYNCED', ${account},
      ${reseller}, '${service}', '${product}', 0, 'MONTHLY', 1, 'EUR', 450, 250000000000, CONCAT('ext', n), ${id('ord')},
      '2026-12-31', '2026-12-31', ${day}, ${day} FROM ${from}`);
  await run(`INSERT INTO subscription_addons (subscriptionId, addonId, quantity)
    SELECT ${id('sub')}, '${demoId('add', 'CB-ARCHIVE-100GB')}', 1 + n % 5 FROM ${from}`);
  await run(`INSERT INTO operations (id, kind, state, orderId, subscriptionId, accountId, resellerId, requestedById,
      provider, addons, trackId, position, dueAt, token, createdAt, finishedAt)
    SELECT ${id('op')}, 'PROVISION', IF(n % 1000, 'SUCCEEDED', 'FAILED'), ${id('ord')}, ${id('sub')}, ${account},
      ${reseller}, ${user}, 'impossible-cloud', '[]', ${id('trk')}, 2, NULL, 1, ${day}, ${day} FROM ${from}`);
  for (const [position, name] of ['CREATE_SUBSCRIPTION', 'ACTIVATE_SERVICE'].entries()) {
    await run(`INSERT INTO steps (operationId, position, name, state, attempts)
      SELECT ${id('op')}, ${position}, '${name}', 'SUCCEEDED', 0 FROM ${from}`);
  }
  await run(`INSERT INTO cancellation_requests (id, version, state, subscriptionId, accountId, resellerId, timing,
      requestedById, requestedAt)
    SELECT ${id('can')}, 1, IF(${ENDING}, 'PENDING', 'WITHDRAWN'), ${id('sub')}, ${account}, ${reseller},
      'END_OF_PERIOD', ${user}, ${day} FROM ${from} WHERE ${ENDING} OR n % 10 = 0`);
  await run('SET @first = (SELECT last FROM sequencer WHERE id = 1)');
  await run(`INSERT INTO events (seq, type, occurredAt, accountId, resellerId, orderId, subscriptionId, operationId,
      message, data)
    SELECT @first + 1 + n, 'operation.changed', ${day}, ${account}, ${reseller}, ${id('ord')}, ${id('sub')}, ${id('op')},
      'Every step is done.', '{"operationState":"SUCCEEDED"}' FROM ${from}`);
  await run(`UPDATE sequencer SET last = @first + ${count}, charged = @first + ${count} WHERE id = 1`);
}
