import { getMetadataArgsStorage } from 'typeorm';
import '../../src/entities';

/** Append-only tables, with the columns that are set later. */
const APPEND_ONLY = new Map([
  ['charges', ['seq']],
  ['events', ['seq']],
]);
/** Tables that only migrations write. */
const MIGRATION_TABLES = ['migrations', 'typeorm_metadata'];

/** GRANT statements of the user of `serve`: the least privileges. Migrations run as another user. */
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
