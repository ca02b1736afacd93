import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { readDatabase } from './src/config';
import { prepareDataSource } from './src/database';

/** For TypeORM's command line: `node node_modules/typeorm/cli.js migration:show -d dist/ormconfig.js`. */
async function fromEnvironment(): Promise<DataSource> {
  return (await prepareDataSource(readDatabase(process.env))).source;
}

export default fromEnvironment();
