import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes by table, name and columns. */
const INDEXES = [
  ['charges', 'charges_by_kind', 'kind, seq'],
  ['events', 'events_by_account', 'accountId, seq'],
  ['events', 'events_by_user', 'userId, seq'],
  ['events', 'events_by_type', 'type, seq'],
] as const;

/** Indexes for filters of charges and of the audit trail that match few rows: without them, a page reads the whole table. */
export class LargeLists1796600000000 implements MigrationInterface {
  name = 'LargeLists1796600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, name, columns] of INDEXES) {
      await runner.query(`CREATE INDEX ${name} ON ${table} (${columns})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, name] of INDEXES) await runner.query(`DROP INDEX ${name} ON ${table}`);
  }
}
