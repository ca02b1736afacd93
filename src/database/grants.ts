import { getMetadataArgsStorage } from 'typeorm';

/** What happened, written once; only its number is given later. */
const APPEND_ONLY = new Map([['events', ['seq']]]);
/** What migrations alone write. */
const MIGRATION_TABLES = ['migrations', 'typeorm_metadata'];

/**
 * The rights that the database user of `serve` needs, and no more: it can change no table and no event. Migrations are
 * run by another user.
 */
export function grantsFor(database: string, account: string): string[] {
  const tables = getMetadataArgsStorage()
    .tables.flatMap(({ name }) => name ?? [])
    .sort();
  return [...tables, ...MIGRATION_TABLES].map(table => {
    const target = `ON \`${database}\`.\`${table}\` TO ${account}`;
    if (MIGRATION_TABLES.includes(table)) return `GRANT SELECT ${target}`;
    const columns = APPEND_ONLY.get(table);
    return columns
      ? `GRANT SELECT, INSERT, UPDATE (${columns.join(', ')}) ${target}`
      : `GRANT SELECT, INSERT, UPDATE, DELETE ${target}`;
  });
}
