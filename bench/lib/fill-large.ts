import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { recordCatalogChange } from '../../src/catalog';
import type { Database } from '../../src/database';
import { writeMissingTerms } from '../../src/store';
import { id, nthId, numbers, type Run } from './fill';
import { fillLists } from './fill-lists';

/** Size of the data of a large distributor. */
export const LARGE = { subscriptions: 100_000, customers: 10_000, products: 10_000 } as const;

const CATEGORIES = 40;
const GROWING = [
  'products',
  'events',
  'mails',
  'deliveries',
  'subscription_changes',
  'operations',
  'cancellation_requests',
];

/** Webhook of the demo reseller with all deliveries. */
export const WEBHOOK = nthId('hook', 1);

/**
 * Fills every list of the console: the tables of `fillLists` with 100,000 subscriptions of 10,000 customers, 10,000 products
 * in 40 categories, and as many events, mails, deliveries and changes as their use leaves behind.
 */
export async function fillLarge(db: Database, run: Run): Promise<void> {
  const { subscriptions, customers, products } = LARGE;
  await fillLists(db, run, subscriptions);
  await fillProducts(db, run, products);
  // A third of the subscriptions has one of the products. The rest keeps the two common ones.
  await run(`UPDATE subscriptions SET serviceId = '${demoId('svc', 'cloud-backup')}',
      productId = ${id('prod', `1000 + CRC32(CONCAT(id, 'q')) % ${products}`)}
    WHERE id LIKE 'sub\\_0000000%' AND CRC32(CONCAT(id, 'r')) % 3 = 0`);
  await run(`UPDATE order_lines JOIN subscriptions ON subscriptions.id = order_lines.subscriptionId
    SET order_lines.productId = subscriptions.productId WHERE order_lines.id LIKE 'oln\\_0000000%'`);
  // In the future, so that no renewal runs while the gateway is measured.
  await run(`UPDATE subscriptions SET chargedUntil = NOW(3) + INTERVAL 24 + CRC32(CONCAT(id, 'e')) % 700 HOUR,
      currentPeriodEnd = chargedUntil WHERE id LIKE 'sub\\_0000000%'`);
  await fillReferences(run);
  await fillChanges(run, subscriptions / 10, customers);
  await fillAudit(run, subscriptions, customers);
  await fillMails(run, subscriptions);
  await fillDeliveries(run, subscriptions);
  await writeMissingTerms(db);
  for (const table of GROWING) await db.rows(`ANALYZE TABLE ${table}`);
}

/** Inserts products with two prices on each list. One in 50 is a draft, and one in 50 is retired. */
async function fillProducts(db: Database, run: Run, count: number): Promise<void> {
  const from = numbers(count);
  const number = '1000 + n';
  await run(`INSERT INTO categories (id, slug, name, description, position)
    SELECT ${id('cat', number)}, CONCAT('large-', n), CONCAT('Category ', n), 'For measuring.', 10 + n
    FROM ${numbers(CATEGORIES)}`);
  await run(`INSERT INTO products (id, sku, slug, name, description, serviceId, categoryId, capacityBytes, published,
      retiredAt, providerAttributes, position)
    SELECT ${id('prod', number)}, CONCAT('LARGE-', n), CONCAT('large-', n),
      CONCAT(ELT(1 + n % 5, 'Storage', 'Vault', 'Snapshot', 'Replica', 'Archive'), ' ', n, ' GB'),
      CONCAT('A license of ', n, ' GB in a European data centre.'), '${demoId('svc', 'cloud-backup')}',
      ${id('cat', `1000 + n % ${CATEGORIES}`)}, (1 + n) * 1000000000, n % 50 > 1, IF(n % 50 = 1, '2026-06-01', NULL), '{}', n
    FROM ${from}`);
  await run(`INSERT INTO product_addons (productId, addonId, position)
    SELECT ${id('prod', number)}, '${demoId('add', 'CB-ARCHIVE-100GB')}', 0 FROM ${from}`);
  await run(`INSERT INTO prices (priceListId, itemId, billingCycle, unitMinor)
    SELECT price_lists.id, ${id('prod', number)}, cycle, 1000 + n FROM ${from}, price_lists,
      (SELECT 'MONTHLY' AS cycle UNION ALL SELECT 'ANNUALLY') cycles`);
  await db.transaction(tx => recordCatalogChange(tx, 'The catalog of a large distributor.'));
}

/** Gives references to one in ten customers, orders and subscriptions. */
async function fillReferences(run: Run): Promise<void> {
  for (const [table, prefix] of [
    ['accounts', 'acc'],
    ['orders', 'ord'],
    ['subscriptions', 'sub'],
  ]) {
    await run(`UPDATE ${table} SET externalReference = CONCAT('REF-', SUBSTRING(id, 20))
      WHERE id LIKE '${prefix}\\_0000000%' AND CRC32(CONCAT(id, 'x')) % 10 = 0`);
  }
  await run(`UPDATE orders SET purchaseOrderNumber = CONCAT('PO-', SUBSTRING(id, 20))
    WHERE id LIKE 'ord\\_0000000%' AND CRC32(CONCAT(id, 'y')) % 10 = 0`);
  // Half of the orders came from staff, and one in a hundred waits for its execution.
  await run(`UPDATE orders SET source = IF(CRC32(CONCAT(id, 'z')) % 2, 'BSS', source),
      state = IF(CRC32(CONCAT(id, 'w')) % 100 = 0, 'SUBMITTED', state) WHERE id LIKE 'ord\\_0000000%'`);
  await run(`UPDATE cancellation_requests SET awaiting = IF(resellerId IS NULL, 'DISTRIBUTOR', 'RESELLER')
    WHERE state = 'PENDING'`);
  await run(
    `UPDATE accounts SET deactivatedAt = '2026-06-01' WHERE id LIKE 'acc\\_0000000%' AND CRC32(id) % 50 = 0`,
  );
}

async function fillChanges(run: Run, count: number, customers: number): Promise<void> {
  const contents = `JSON_OBJECT('productId', '${demoId('prod', 'CB-WORKSTATION')}', 'addons', JSON_ARRAY(),
    'capacityBytes', 250000000000, 'recurringMinor', 450)`;
  const number = 'n * 10 + 3';
  const account = `(${number}) % ${customers}`;
  await run(`INSERT INTO subscription_changes (id, version, state, subscriptionId, accountId, resellerId, kinds, awaiting,
      \`before\`, \`after\`, added, timing, requestedById, requestedAt)
    SELECT ${id('chg')}, 1, IF(n % 20, 'COMPLETED', 'PENDING'), ${id('sub', number)}, ${id('acc', account)},
      IF(${account} % 2, '${accountId('Skyline IT')}', NULL), '["ADD_ADDONS"]',
      IF(n % 20, NULL, IF(${account} % 2, 'RESELLER', 'DISTRIBUTOR')), ${contents}, ${contents}, '[]', 'IMMEDIATE',
      ${id('usr', account)}, '2026-01-01' + INTERVAL n % 300 DAY
    FROM ${numbers(count)}`);
}

/** Inserts the events of orders that users placed, beside those of the operations. */
async function fillAudit(run: Run, count: number, customers: number): Promise<void> {
  const account = `n % ${customers}`;
  await run('SET @first = (SELECT last FROM sequencer WHERE id = 1)');
  await run(`INSERT INTO events (seq, type, occurredAt, userId, accountId, resellerId, orderId, message, data)
    SELECT @first + 1 + n, IF(n % 500, 'order.placed', 'account.changed'), NOW(3),
      ${id('usr', account)}, ${id('acc', account)}, IF(${account} % 2, '${accountId('Skyline IT')}', NULL), ${id('ord')},
      'The order was placed.', '{}' FROM ${numbers(count)}`);
  await run(`UPDATE sequencer SET last = @first + ${count}, charged = @first + ${count} WHERE id = 1`);
  // Within the retention period, so that the gateway does not delete them while it is measured.
  await run(
    'UPDATE events SET occurredAt = NOW(3) - INTERVAL (@first + ? - seq) * 30 SECOND WHERE seq IS NOT NULL',
    [count],
  );
}

async function fillMails(run: Run, count: number): Promise<void> {
  const at = `NOW(3) - INTERVAL ${count} - n MINUTE`;
  await run(`INSERT INTO mails (id, \`to\`, subject, template, locale, facts, cause, lane, state, attempts, sendings,
      createdAt, firstAttemptAt, sentAt, token, claims)
    SELECT ${id('mail')}, CONCAT('customer', n % ${LARGE.customers}, '@bench.example'), 'Your order is completed.',
      'order-completed', 'en', '{}', CONCAT('bench ', n), 'NOTIFICATION', IF(n % 2000, 'SENT', 'FAILED'), 1, 1, ${at}, ${at},
      ${at}, 1, 0
    FROM ${numbers(count)}`);
}

async function fillDeliveries(run: Run, count: number): Promise<void> {
  await run(`INSERT INTO webhooks (id, version, accountId, createdById, url, eventTypes, state, disabledReason, secret, createdAt)
    SELECT ${id('hook')}, 1, '${accountId('Skyline IT')}', '${userId('sales@skyline.example')}', 'https://hooks.example/bench',
      '[]', 'DISABLED', 'For measuring.', '', NOW(3) FROM ${numbers(40)}`);
  await run(`INSERT INTO deliveries (id, webhookId, seq, subject, eventType, state, attempts, createdAt, firstAttemptAt,
      deliveredAt)
    SELECT ${id('dlv')}, '${WEBHOOK}', 1 + n, ${id('sub')}, 'operation.changed', IF(n % 2000, 'DELIVERED', 'FAILED'), 1,
      NOW(3), NOW(3), NOW(3) FROM ${numbers(count)}`);
}
