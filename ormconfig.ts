import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { readDatabase } from './src/config';
import { openDatabase } from './src/database';

/** For TypeORM's command line: `node node_modules/typeorm/cli.js migration:show -d dist/ormconfig.js`. */
async function fromEnvironment(): Promise<DataSource> {
  const { source } = await openDatabase({ ...readDatabase(process.env), databasePool: 2 });
  // The command line connects by itself.
  await source.destroy();
  return source;
}

export default fromEnvironment();
