import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from '../lib/processes';
import { readModel } from './read-model';

// Required without types, which would widen the types of graphql in the whole repository.
const { useGraphQlJit } = require('@envelop/graphql-jit') as { useGraphQlJit(): object };
const { createYoga } = require('graphql-yoga') as {
  createYoga(options: object): (request: IncomingMessage, response: ServerResponse) => void;
};

/** graphql-yoga with JIT, on the read model of the gateway. */
async function main(): Promise<void> {
  const { schema, context } = await readModel();
  const yoga = createYoga({ schema, context, logging: false, graphiql: false, plugins: [useGraphQlJit()] });
  const server = createServer(yoga);
  server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

void main();
