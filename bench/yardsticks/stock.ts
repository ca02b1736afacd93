import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSchemaSync } from 'type-graphql';
import { createDataSource, detectDialect } from '../../src/database';
import { announce } from '../lib/processes';
import { createStockLoaders, type StockContext } from './stock-loaders';
import { resolvers } from './stock-resolvers';

/** Stock stack, as documented: Apollo standalone, type-graphql, TypeORM entities, DataLoader. */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL ?? '';
  const source = createDataSource(url, await detectDialect(url), 16);
  await source.initialize();
  const server = new ApolloServer<StockContext>({
    schema: buildSchemaSync({ resolvers, validate: false }),
  });
  const { url: address } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => createStockLoaders(source, req.headers['x-viewer'] as string),
  });
  announce(address);
}

void main();
