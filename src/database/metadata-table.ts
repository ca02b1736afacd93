import type { DataSource } from 'typeorm';

/**
 * TypeORM creates this table without a primary key, which `sql_require_primary_key` and Group Replication demand. It uses
 * one that exists. Its columns are those of `RdbmsSchemaBuilder.createTypeormMetadataTable`.
 */
const METADATA = `CREATE TABLE IF NOT EXISTS typeorm_metadata (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  \`type\` varchar(255) NOT NULL,
  \`database\` varchar(255) NULL,
  \`schema\` varchar(255) NULL,
  \`table\` varchar(255) NULL,
  \`name\` varchar(255) NULL,
  \`value\` text NULL
) ENGINE=InnoDB`;

/** Creates TypeORM's table of generated columns unless it exists. */
export async function createMetadataTable(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    if (!(await runner.hasTable('typeorm_metadata'))) await runner.query(METADATA);
  } finally {
    await runner.release();
  }
}
