import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'varchar(40) CHARACTER SET ascii COLLATE ascii_bin';
const SECRET = 'varchar(255) CHARACTER SET ascii COLLATE ascii_bin';

const TABLES = [
  `CREATE TABLE webhooks (
    id ${ID} NOT NULL,
    version int NOT NULL,
    accountId ${ID} NOT NULL,
    createdById ${ID} NOT NULL,
    url varchar(2000) NOT NULL,
    description varchar(255) NULL,
    eventTypes json NOT NULL,
    state ${WORD} NOT NULL,
    disabledReason varchar(1000) NULL,
    disabledAt datetime(3) NULL,
    failingSince datetime(3) NULL,
    secret ${SECRET} NOT NULL,
    previousSecret ${SECRET} NULL,
    previousSecretUntil datetime(3) NULL,
    readFrom bigint NULL,
    createdAt datetime(3) NOT NULL,
    deletedAt datetime(3) NULL,
    INDEX IDX_41f96ecdd268e0b4fef319710d (state, readFrom),
    INDEX IDX_72d8823220e3f325829786ef42 (accountId, id),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE deliveries (
    id ${ID} NOT NULL,
    webhookId ${ID} NOT NULL,
    seq bigint NOT NULL,
    subject ${ID} NOT NULL,
    eventType ${WORD} NOT NULL,
    state ${WORD} NOT NULL,
    attempts int NOT NULL,
    responseStatus int NULL,
    error varchar(1000) NULL,
    createdAt datetime(3) NOT NULL,
    firstAttemptAt datetime(3) NULL,
    nextAttemptAt datetime(3) NULL,
    deliveredAt datetime(3) NULL,
    INDEX IDX_585416b7e091d99af610ce65ab (createdAt),
    INDEX IDX_5e535c415e9170c43fe3ecef8a (webhookId, subject, state, seq),
    INDEX IDX_011dc45d2c7e2981e1890f5f59 (webhookId, id),
    UNIQUE INDEX one_delivery_of_an_event (webhookId, seq),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE delivery_queues (
    id ${ID} NOT NULL,
    webhookId ${ID} NOT NULL,
    subject ${ID} NOT NULL,
    dueAt datetime(3) NULL,
    token int NOT NULL,
    claims int NOT NULL,
    owner varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    INDEX IDX_e0979645c23597e15657d9096f (dueAt),
    UNIQUE INDEX one_queue_of_a_subject (webhookId, subject),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  'CREATE TABLE webhook_position (id tinyint NOT NULL, last bigint NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB',
  'INSERT INTO webhook_position (id, last) VALUES (1, 0)',
  `ALTER TABLE webhooks ADD CONSTRAINT FK_7f7faffa6b13cb2e50457252f11 FOREIGN KEY (accountId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE webhooks ADD CONSTRAINT FK_b3876a842d9674208308e6c6078 FOREIGN KEY (createdById) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE deliveries ADD CONSTRAINT FK_9c5cebbec7d739bdc25ad18601a FOREIGN KEY (webhookId) REFERENCES webhooks(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE delivery_queues ADD CONSTRAINT FK_fab109c693b6aa1c92726b10cae FOREIGN KEY (webhookId) REFERENCES webhooks(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

/** Webhooks, what they have been sent, and what they still have to get. Adds only: the version before runs beside it. */
export class Webhooks1795500200000 implements MigrationInterface {
  name = 'Webhooks1795500200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_position', 'delivery_queues', 'deliveries', 'webhooks']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
