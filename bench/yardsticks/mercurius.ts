import fastify from 'fastify';
import mercurius from 'mercurius';
import { announce } from '../lib/processes';
import { readModel } from './read-model';

/** mercurius with JIT, on the read model of the gateway. */
async function main(): Promise<void> {
  const { schema, context } = await readModel();
  const app = fastify();
  await app.register(mercurius, { schema, jit: 1, context: () => context as never });
  announce(await app.listen({ port: 0, host: '127.0.0.1' }));
}

void main();
