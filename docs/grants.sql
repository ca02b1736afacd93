-- The rights of the database user that `npm run serve` connects with: made by `npm run schema`.
-- Put your own names in the place of `skybasket` and of the account.
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`accounts` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`addons` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`api_keys` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`basket_lines` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`baskets` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`cancellation_requests` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`catalog_version` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`categories` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE (seq) ON `skybasket`.`events` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`idempotency_keys` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`operations` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`order_lines` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`orders` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`price_lists` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`prices` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`product_addons` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`products` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`sequencer` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`service_accounts` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`services` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`sessions` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`steps` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`subscription_addons` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`subscriptions` TO 'serve'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `skybasket`.`users` TO 'serve'@'%';
GRANT SELECT ON `skybasket`.`migrations` TO 'serve'@'%';
GRANT SELECT ON `skybasket`.`typeorm_metadata` TO 'serve'@'%';
