import 'reflect-metadata';
import { Catalog } from '../../src/catalog';
import { createDataSource, Database, detectDialect } from '../../src/database';
import { buildGraph } from '../../src/resolvers/schema';

/** Schema and read model of the gateway, for other servers. */
export async function readModel() {
  const url = process.env.DATABASE_URL ?? '';
  const source = createDataSource(url, await detectDialect(url), 4);
  await source.initialize();
  const catalog = new Catalog(Database.over(source));
  await catalog.load();
  return { schema: buildGraph(), context: { catalog, actor: null } };
}
