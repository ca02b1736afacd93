import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE accounts (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    email varchar(255) NOT NULL,
    resellerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    accountManagerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    priceListId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    billing json NOT NULL,
    INDEX IDX_286f25e38b0d59be58e759330c (accountManagerId),
    INDEX IDX_d3031653dcff6c1327258d6879 (resellerId, name),
    UNIQUE INDEX IDX_ee66de6cdc53993296d1ceb8aa (email),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE services (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    quantityLimit int NULL,
    allowMultipleSubscriptions tinyint NOT NULL,
    recipientKinds json NOT NULL,
    cancellationPolicy varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    provider varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    providerServiceType varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE INDEX IDX_f019a17cb439406ab185382df9 (code),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE categories (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    slug varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    description varchar(2000) NULL,
    parentId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    position int NOT NULL,
    UNIQUE INDEX IDX_420d9f679d41281f282f5bc7d0 (slug),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE products (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sku varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    slug varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    description varchar(2000) NULL,
    serviceId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    categoryId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    capacityBytes bigint NOT NULL,
    published tinyint NOT NULL,
    providerAttributes json NOT NULL,
    position int NOT NULL,
    UNIQUE INDEX IDX_c44ac33a05b144dd0d9ddcf932 (sku),
    UNIQUE INDEX IDX_464f927ae360106b783ed0b410 (slug),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE addons (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sku varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    description varchar(2000) NULL,
    incrementBytes bigint NOT NULL,
    minQuantity int NOT NULL,
    maxQuantity int NULL,
    published tinyint NOT NULL,
    providerAttributes json NOT NULL,
    UNIQUE INDEX IDX_a46cc2a631118a636b5738b393 (sku),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE product_addons (
    productId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    addonId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position int NOT NULL,
    PRIMARY KEY (productId, addonId)
  ) ENGINE=InnoDB`,
  `CREATE TABLE price_lists (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    currency char(3) CHARACTER SET ascii NOT NULL,
    isDefault tinyint NOT NULL,
    UNIQUE INDEX IDX_de7a058bf061cbc078a74da890 (code),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE prices (
    priceListId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    itemId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    billingCycle varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    unitMinor bigint NOT NULL,
    INDEX IDX_fb07143dc9e8a584d0a7a715c6 (itemId),
    PRIMARY KEY (priceListId, itemId, billingCycle)
  ) ENGINE=InnoDB`,
  `CREATE TABLE catalog_version (
    id tinyint NOT NULL,
    version int NOT NULL,
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE users (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name varchar(255) NOT NULL,
    email varchar(255) NOT NULL,
    roles json NOT NULL,
    accountId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    passwordHash varchar(255) NOT NULL,
    UNIQUE INDEX IDX_97672ac88f789774dd47f7c8be (email),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE baskets (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    userId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    openUserId varchar(72) CHARACTER SET ascii COLLATE ascii_bin AS (if(state = 'OPEN', userId, NULL)) STORED,
    version int NOT NULL,
    recipientId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    confirmedBilling json NULL,
    billingConfirmedAt datetime(3) NULL,
    orderId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    updatedAt datetime(3) NOT NULL,
    UNIQUE INDEX one_open_basket (openUserId),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE basket_lines (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    basketId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position int NOT NULL,
    productId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subscriptionId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    billingCycle varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity int NOT NULL,
    friendlyName varchar(255) NULL,
    addons json NOT NULL,
    unitMinor bigint NOT NULL,
    currency varchar(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    INDEX IDX_c3e7a50553d1f0ea4936fa2047 (basketId, position),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE orders (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    serial int UNSIGNED NOT NULL AUTO_INCREMENT,
    version int NOT NULL,
    source varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recipientId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resellerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    placedById varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    executedById varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    basketId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    billing json NOT NULL,
    currency varchar(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    totalMinor bigint NOT NULL,
    placedAt datetime(3) NOT NULL,
    executedAt datetime(3) NULL,
    completedAt datetime(3) NULL,
    cancelReason varchar(1000) NULL,
    INDEX IDX_d9f69a9f2af95aaaa8736bdd17 (state, id),
    INDEX IDX_5b58f8c9a671f8b64aa7d0da69 (resellerId, id),
    INDEX IDX_19ccff8fe4aee55a7a2bc82174 (recipientId, id),
    UNIQUE INDEX IDX_eb52a60715c6e87a712f0f792a (serial),
    UNIQUE INDEX IDX_f592b0967a1f9f6840c51cddad (basketId),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE order_lines (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    orderId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position int NOT NULL,
    productId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subscriptionId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    billingCycle varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity int NOT NULL,
    friendlyName varchar(255) NULL,
    addons json NOT NULL,
    unitMinor bigint NOT NULL,
    totalMinor bigint NOT NULL,
    currency varchar(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    INDEX IDX_e9a0d625b5e6021d142f24c510 (orderId, position),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE subscriptions (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version int NOT NULL,
    friendlyName varchar(255) NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    syncState varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    accountId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resellerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    serviceId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    productId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    exclusive tinyint NOT NULL,
    liveSlot varchar(72) CHARACTER SET ascii COLLATE ascii_bin AS (if(exclusive and state <> 'CANCELLED', concat(accountId, ' ', serviceId), NULL)) STORED,
    billingCycle varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity int NOT NULL,
    currency varchar(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recurringMinor bigint NOT NULL,
    capacityBytes bigint NOT NULL,
    externalId varchar(255) NULL,
    orderId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    currentPeriodEnd datetime(3) NULL,
    createdAt datetime(3) NOT NULL,
    activatedAt datetime(3) NULL,
    cancelledAt datetime(3) NULL,
    INDEX IDX_bf02abdf59c0eca4730b47dffa (orderId),
    INDEX IDX_f69a0f54bdab054b7e71b0cd50 (state, id),
    INDEX IDX_abd3bb561a0b42e85d2b6f4fbb (resellerId, id),
    INDEX IDX_e808b1e31958de05e4c6610f10 (accountId, id),
    UNIQUE INDEX one_live_subscription (liveSlot),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE subscription_addons (
    subscriptionId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    addonId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity int NOT NULL,
    PRIMARY KEY (subscriptionId, addonId)
  ) ENGINE=InnoDB`,
  `CREATE TABLE cancellation_requests (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version int NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subscriptionId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    openSlot varchar(72) CHARACTER SET ascii COLLATE ascii_bin AS (if(state in ('PENDING', 'ACCEPTED'), subscriptionId, NULL)) STORED,
    accountId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resellerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    timing varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason varchar(1000) NULL,
    requestedById varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    requestedAt datetime(3) NOT NULL,
    decidedById varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decidedAt datetime(3) NULL,
    decisionNote varchar(1000) NULL,
    effectiveAt datetime(3) NULL,
    completedAt datetime(3) NULL,
    INDEX IDX_9b67722c2915d6b3284c098647 (state, effectiveAt),
    INDEX IDX_167e3d9d0b70167e83aed05309 (resellerId, id),
    INDEX IDX_e5af95f55269dd8328f760649a (accountId, id),
    UNIQUE INDEX one_open_cancellation_request (openSlot),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE events (
    id bigint NOT NULL AUTO_INCREMENT,
    seq bigint NULL,
    type varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    occurredAt datetime(3) NOT NULL,
    userId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    accountId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    resellerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    orderId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    subscriptionId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    operationId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    requestId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    message varchar(1000) NOT NULL,
    data json NOT NULL,
    INDEX IDX_56b6bcb0d86a43605e1301b32e (subscriptionId, seq),
    INDEX IDX_a6d19f8f44a56a2a10eaacf9f1 (orderId, seq),
    UNIQUE INDEX IDX_44840d7c5944a3bfbf21a6113d (seq),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE sequencer (
    id tinyint NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE idempotency_keys (
    userId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mutation varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    idempotencyKey varchar(255) COLLATE utf8mb4_bin NOT NULL,
    fingerprint char(64) CHARACTER SET ascii NOT NULL,
    resultId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    createdAt datetime(3) NOT NULL,
    INDEX IDX_39829cdd18d40184d32a8a4abe (createdAt),
    PRIMARY KEY (userId, mutation, idempotencyKey)
  ) ENGINE=InnoDB`,
  `CREATE TABLE operations (
    id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    orderId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    subscriptionId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    openSlot varchar(72) CHARACTER SET ascii COLLATE ascii_bin AS (if(state in ('PENDING', 'RUNNING'), subscriptionId, NULL)) STORED,
    requestId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    accountId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resellerId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    requestedById varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    provider varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    addons json NOT NULL,
    trackId varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position int NOT NULL,
    dueAt datetime(3) NULL,
    token int NOT NULL,
    owner varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    createdAt datetime(3) NOT NULL,
    finishedAt datetime(3) NULL,
    INDEX IDX_2e8e9877ec292552f8c81b492f (resellerId, id),
    INDEX IDX_05f4aec65b22475f1ad6ca9de8 (accountId, id),
    INDEX IDX_e9eee9221af67bb4bf512438ea (orderId, id),
    INDEX IDX_44d0d677bfcb44600f3a887f26 (subscriptionId, id),
    INDEX IDX_1730116b15db4741e263a91580 (dueAt),
    UNIQUE INDEX one_open_operation (openSlot),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE steps (
    operationId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position int NOT NULL,
    name varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    attempts int NOT NULL,
    startedAt datetime(3) NULL,
    finishedAt datetime(3) NULL,
    nextAttemptAt datetime(3) NULL,
    errorCode varchar(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    errorMessage varchar(1000) NULL,
    errorProviderCode int NULL,
    PRIMARY KEY (operationId, position)
  ) ENGINE=InnoDB`,
  `CREATE TABLE service_accounts (
    accountId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    serviceId varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    externalId varchar(255) NULL,
    error varchar(1000) NULL,
    syncedAt datetime(3) NULL,
    heldBy varchar(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    PRIMARY KEY (accountId, serviceId)
  ) ENGINE=InnoDB`,
  `ALTER TABLE accounts ADD CONSTRAINT FK_831bbc5049d33d1064aa7f03f21 FOREIGN KEY (resellerId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE categories ADD CONSTRAINT FK_9a6f051e66982b5f0318981bcaa FOREIGN KEY (parentId) REFERENCES categories(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE products ADD CONSTRAINT FK_437a24ca00b5e953ade9f01be4d FOREIGN KEY (serviceId) REFERENCES services(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE products ADD CONSTRAINT FK_ff56834e735fa78a15d0cf21926 FOREIGN KEY (categoryId) REFERENCES categories(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE product_addons ADD CONSTRAINT FK_a2a9df582b310423e7bf7c0304e FOREIGN KEY (productId) REFERENCES products(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE product_addons ADD CONSTRAINT FK_5d903b0a271fc5b279d052c408d FOREIGN KEY (addonId) REFERENCES addons(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE prices ADD CONSTRAINT FK_32605a1a696002ba863aeeed970 FOREIGN KEY (priceListId) REFERENCES price_lists(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE users ADD CONSTRAINT FK_42bba679e348de51a699fb0a803 FOREIGN KEY (accountId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE baskets ADD CONSTRAINT FK_f969c8e32db5999a8f45ed33aba FOREIGN KEY (userId) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE baskets ADD CONSTRAINT FK_ee7f85603560e60f085d3963ad2 FOREIGN KEY (recipientId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE basket_lines ADD CONSTRAINT FK_26208ed058582b4b5bf17937bbf FOREIGN KEY (basketId) REFERENCES baskets(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE basket_lines ADD CONSTRAINT FK_7d248232f47006c4c68c671c6cf FOREIGN KEY (productId) REFERENCES products(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE orders ADD CONSTRAINT FK_f68dc1a2e7dae9028a565942ee9 FOREIGN KEY (recipientId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE orders ADD CONSTRAINT FK_a8af3ca688bc97a9195bb6abe84 FOREIGN KEY (resellerId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE orders ADD CONSTRAINT FK_35de74aaf8c97ad4ca9fc774189 FOREIGN KEY (placedById) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE order_lines ADD CONSTRAINT FK_307e8091afc1a959953d06d5ad1 FOREIGN KEY (orderId) REFERENCES orders(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE order_lines ADD CONSTRAINT FK_9460dcd3abb5dda0ddbd372d161 FOREIGN KEY (productId) REFERENCES products(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscriptions ADD CONSTRAINT FK_287688f37035150e3fe11001d3c FOREIGN KEY (accountId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscriptions ADD CONSTRAINT FK_a8899f75f27d71fc22dddb5cc98 FOREIGN KEY (resellerId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscriptions ADD CONSTRAINT FK_67771741aceff17690eb2921f87 FOREIGN KEY (serviceId) REFERENCES services(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscriptions ADD CONSTRAINT FK_bdf71624451524f8cc15b1dce6c FOREIGN KEY (productId) REFERENCES products(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscriptions ADD CONSTRAINT FK_bf02abdf59c0eca4730b47dffac FOREIGN KEY (orderId) REFERENCES orders(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscription_addons ADD CONSTRAINT FK_afa55bc1f6a196d66ef489731e8 FOREIGN KEY (subscriptionId) REFERENCES subscriptions(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE subscription_addons ADD CONSTRAINT FK_0ba413374905693cadf146fd206 FOREIGN KEY (addonId) REFERENCES addons(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE cancellation_requests ADD CONSTRAINT FK_274a1efb13dbc19ceda2dc145d4 FOREIGN KEY (subscriptionId) REFERENCES subscriptions(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE cancellation_requests ADD CONSTRAINT FK_49c7292cbb0b4e2a101769d4b07 FOREIGN KEY (requestedById) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE operations ADD CONSTRAINT FK_7e5baccf00b0e750a84c5b4390a FOREIGN KEY (subscriptionId) REFERENCES subscriptions(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE steps ADD CONSTRAINT FK_dcc7a00b80fd116f3b3eba1307e FOREIGN KEY (operationId) REFERENCES operations(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE service_accounts ADD CONSTRAINT FK_d8c20e21a4cc5257ad01b0c2602 FOREIGN KEY (accountId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE service_accounts ADD CONSTRAINT FK_9d7828575c6bb51fc15ebdc583c FOREIGN KEY (serviceId) REFERENCES services(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

/** TypeORM keeps the expressions of generated columns in a table of its own and compares entities with those. */
const GENERATED = [
  ['baskets', 'openUserId', `if(state = 'OPEN', userId, NULL)`],
  [
    'subscriptions',
    'liveSlot',
    `if(exclusive and state <> 'CANCELLED', concat(accountId, ' ', serviceId), NULL)`,
  ],
  ['cancellation_requests', 'openSlot', `if(state in ('PENDING', 'ACCEPTED'), subscriptionId, NULL)`],
  ['operations', 'openSlot', `if(state in ('PENDING', 'RUNNING'), subscriptionId, NULL)`],
];

export class Initial1795300000000 implements MigrationInterface {
  name = 'Initial1795300000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
    for (const column of GENERATED) {
      await runner.query(
        `INSERT INTO typeorm_metadata (type, \`schema\`, \`table\`, name, value)
         VALUES ('GENERATED_COLUMN', DATABASE(), ?, ?, ?)`,
        column,
      );
    }
    await runner.query('INSERT INTO sequencer (id, last) VALUES (1, 0)');
    await runner.query('INSERT INTO catalog_version (id, version) VALUES (1, 0)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const [, table] of TABLES.flatMap(sql => [/^CREATE TABLE (\S+)/.exec(sql) ?? []])) {
      if (table) await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('SET FOREIGN_KEY_CHECKS = 1');
    await runner.query(`DELETE FROM typeorm_metadata WHERE \`schema\` = DATABASE()`);
  }
}
