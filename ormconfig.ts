import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { createDataSource, serverKind } from './src/database';

/** For TypeORM's command line: `node node_modules/typeorm/cli.js migration:show -d dist/ormconfig.js`. */
async function fromEnvironment(): Promise<DataSource> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('Set DATABASE_URL to mysql://user:password@host:port/name.');
  return createDataSource(url, await serverKind(url));
}

export default fromEnvironment();
