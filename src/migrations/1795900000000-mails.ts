import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'varchar(40) CHARACTER SET ascii COLLATE ascii_bin';

const MAILS = `CREATE TABLE mails (
  id ${ID} NOT NULL,
  \`to\` varchar(255) NOT NULL,
  userId ${ID} NULL,
  subject varchar(255) NOT NULL,
  template ${WORD} NOT NULL,
  locale ${WORD} NOT NULL,
  facts json NOT NULL,
  cause varchar(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lane ${WORD} NOT NULL,
  state ${WORD} NOT NULL,
  attempts int NOT NULL,
  sendings int NOT NULL,
  error varchar(1000) NULL,
  createdAt datetime(3) NOT NULL,
  firstAttemptAt datetime(3) NULL,
  sentAt datetime(3) NULL,
  dueAt datetime(3) NULL,
  token int NOT NULL,
  claims int NOT NULL,
  owner varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  INDEX mails_by_due_time (dueAt),
  INDEX mails_by_state (state, id),
  INDEX mails_by_recipient (\`to\`),
  INDEX mails_by_creation (createdAt),
  UNIQUE INDEX one_mail_of_a_cause (cause),
  PRIMARY KEY (id)
) ENGINE=InnoDB`;

/** Outbox of mails. */
export class Mails1795900000000 implements MigrationInterface {
  name = 'Mails1795900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MAILS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mails');
  }
}
