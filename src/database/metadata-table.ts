import type { DataSource } from 'typeorm';

const KEY = 'id int NOT NULL AUTO_INCREMENT PRIMARY KEY';

/**
 * TypeORM creates this table without a primary key, which `sql_require_primary_key` and Group Replication require. It
 * uses an existing table. The columns are those of `RdbmsSchemaBuilder.createTypeormMetadataTable`.
 */
const METADATA = `CREATE TABLE IF NOT EXISTS typeorm_metadata (
  ${KEY},
  \`type\` varchar(255) NOT NULL,
  \`database\` varchar(255) NULL,
  \`schema\` varchar(255) NULL,
  \`table\` varchar(255) NULL,
  \`name\` varchar(255) NULL,
  \`value\` text NULL
) ENGINE=InnoDB`;

/** One ALTER TABLE, which is atomic. TypeORM names its columns in INSERT, so older releases keep working. */
const ADD_KEY = `ALTER TABLE typeorm_metadata ADD COLUMN ${KEY} FIRST`;

const KEYS = `SELECT COUNT(*) AS n FROM information_schema.TABLE_CONSTRAINTS
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'typeorm_metadata' AND CONSTRAINT_TYPE = 'PRIMARY KEY'`;

/** Creates TypeORM's table of generated columns if it is missing, and adds a primary key to one without. */
export async function createMetadataTable(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    if (!(await runner.hasTable('typeorm_metadata'))) return await runner.query(METADATA);
    const [{ n }] = await runner.query(KEYS);
    if (Number(n) === 0) await runner.query(ADD_KEY);
  } finally {
    await runner.release();
  }
}
