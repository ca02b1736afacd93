import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useGraphQlJit } from '@envelop/graphql-jit';
import { createYoga } from 'graphql-yoga';
import { announce } from '../lib/processes';
import { readModel } from './read-model';

/** graphql-yoga with the JIT, on our read model. */
async function main(): Promise<void> {
  const { schema, context } = await readModel();
  const yoga = createYoga({ schema, context, logging: false, graphiql: false, plugins: [useGraphQlJit()] });
  const server = createServer(yoga);
  server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

void main();
