/** What the gateway reads for a checkout, column by column. */

/** Who asks, unless its session has ended or it was shut out. */
export const CALLER = `SELECT u.id AS userId, u.roles, u.accountId, a.resellerId, a.priceListId
  FROM users u LEFT JOIN accounts a ON a.id = u.accountId
  JOIN sessions s ON s.userId = u.id AND s.revokedAt IS NULL
  WHERE s.id = ? AND u.id = ? AND u.sessionVersion = ? AND u.deactivatedAt IS NULL AND a.deactivatedAt IS NULL`;

/** What an earlier call with the same key has made. */
export const EARLIER = `SELECT userId, mutation, idempotencyKey, fingerprint, resultId, createdAt FROM idempotency_keys
  WHERE userId = ? AND mutation = ? AND idempotencyKey = ?`;

/** The basket, once before the transaction and once locked within. */
export const BASKET = `SELECT id, userId, state, version, recipientId, confirmedBilling, billingConfirmedAt, orderId,
  updatedAt FROM baskets WHERE id = ? AND userId = ?`;

/** Whether the catalog in memory is the one that counts. */
export const CATALOG_VERSION = 'SELECT id, version FROM catalog_version WHERE id = 1';

export const LINES = `SELECT id, basketId, position, productId, subscriptionId, billingCycle, quantity, friendlyName,
  addons, unitMinor, currency FROM basket_lines WHERE basketId = ? ORDER BY position`;

const ACCOUNT = `SELECT id, version, kind, name, email, resellerId, accountManagerId, priceListId, billing, deactivatedAt
  FROM accounts`;

/** The recipient, where the caller may see it. */
export const RECIPIENT = `${ACCOUNT} WHERE id = ? AND (id = ? OR (id = ?))`;

export const LOCKED_RECIPIENT = `${ACCOUNT} WHERE id = ? FOR UPDATE`;

/** What the recipient has of services that it can have once. */
export const LIVE = `SELECT serviceId, id FROM subscriptions
  WHERE accountId = ? AND exclusive AND state <> 'CANCELLED'`;

/** What the provider is asked with. */
export const SERVICE_ACCOUNTS = `SELECT accountId, serviceId, state, externalId, error, syncedAt, heldBy
  FROM service_accounts WHERE accountId = ? OR accountId = ?`;

export const USER = `SELECT id, name, email, roles, accountId, passwordHash, sessionVersion, oneTimeUntil, version,
  deactivatedAt FROM users WHERE id = ?`;

/** What is answered with. */
export const ORDER = `SELECT id, serial, version, source, state, recipientId, resellerId, placedById, executedById,
  basketId, billing, currency, totalMinor, placedAt, executedAt, completedAt, cancelReason
  FROM orders WHERE id IN (?) AND (recipientId = ?)`;
