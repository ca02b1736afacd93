/** Caller, unless its session has ended or its user or account is deactivated. */
export const CALLER = `SELECT u.id AS userId, u.roles, u.accountId, a.resellerId, a.priceListId,
  IF(u.accountId IS NULL, (SELECT JSON_ARRAYAGG(m.id) FROM users m
  WHERE m.deputyId = u.id AND (m.deputyFrom IS NULL OR m.deputyFrom <= NOW(3))
    AND (m.deputyUntil IS NULL OR m.deputyUntil > NOW(3))), NULL) AS deputizedIds
  FROM users u LEFT JOIN accounts a ON a.id = u.accountId
  JOIN sessions s ON s.userId = u.id AND s.revokedAt IS NULL
  AND (s.userVersion IS NULL OR s.userVersion = u.sessionVersion)
  WHERE s.id = ? AND u.id = ? AND u.sessionVersion = ? AND u.deactivatedAt IS NULL AND a.deactivatedAt IS NULL`;

const columns = (alias: string, names: string) =>
  names
    .split(' ')
    .map(name => `${alias}.${name}`)
    .join(',');

const BASKET = columns(
  'basket',
  'id userId state version recipientId confirmedBilling billingConfirmedAt orderId updatedAt',
);
const ACCOUNT = columns(
  't',
  'id version kind name email resellerId accountManagerId priceListId billing externalReference deactivatedAt',
);

const LINE = columns(
  'line',
  'id position productId subscriptionId billingCycle quantity addons unitMinor currency basketId friendlyName',
);

/** Basket with its lines, its recipient, if visible to the caller, and the current version of the catalog. */
export const BASKET_FOUND = `SELECT ${BASKET},${ACCOUNT},version.id,version.version,${LINE}
  FROM baskets basket JOIN catalog_version version ON version.id = 1
  LEFT JOIN accounts t ON t.id = COALESCE(basket.recipientId, ?) AND (t.id = ? OR (t.id = ?))
  LEFT JOIN basket_lines line ON line.basketId = basket.id
  WHERE basket.id = ? AND basket.userId = ? ORDER BY line.position`;

/** Basket and recipient, locked, if the basket has not changed. */
export const BASKET_LOCKED = `SELECT ${ACCOUNT},${BASKET} FROM accounts t STRAIGHT_JOIN baskets basket
  WHERE t.id = ? AND (t.id = ? OR (t.id = ?)) AND basket.id = ? AND basket.version = ? FOR UPDATE`;

/** Current version of the catalog. */
export const CATALOG_VERSION = 'SELECT id, version FROM catalog_version WHERE id = ? LIMIT 1';

/** Live subscription of the recipient to an exclusive service. */
export const LIVE = 'SELECT liveSlot AS slot, id FROM subscriptions WHERE liveSlot IN (?)';
