import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RequestRefusal } from '../../src/graphql';
import { buildGraph } from '../../src/resolvers/schema';
import type { Context } from '../../src/services/context';
import { createPipeline, EVERY_KIND } from '../support/pipeline';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MEGABYTE = 1024 * 1024;
const CALLER = { actor: null, address: '192.0.2.1' };
const CONTEXT = { log: { error: () => undefined }, requestId: 'test' } as unknown as Context;

async function heapAfter(work: () => Promise<void>): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  await work();
  collectGarbage();
  return (process.memoryUsage().heapUsed - before) / MEGABYTE;
}

/** A document of this number of fields that no other number gives. */
const wide = (index: number, fields: number) =>
  `query Q${index} { ${Array.from({ length: 16 }, (_, root) => `r${index}_${root}: __type(name: "T${index}") { ${'name kind description '.repeat(fields / 48)} }`).join(' ')} }`;

test('a client that sends a new document each time grows the process by less than 100 MB', async () => {
  const pipeline = createPipeline(buildGraph(), { COST_PER_OPERATION: '1000000' });
  const grown = await heapAfter(async () => {
    for (let index = 0; index < 400; index += 1) {
      const query = wide(index, 432);
      // Each comes three times: executed by graphql-js, compiled, and from the caches.
      for (let time = 0; time < 3; time += 1) {
        const admitted = await pipeline.admit({ query, accepts: EVERY_KIND }, CALLER);
        if (admitted instanceof RequestRefusal) throw admitted.errors[0];
        await pipeline.execute(admitted, CONTEXT);
      }
    }
  });
  expect(grown).toBeLessThan(100);
}, 300_000);

test('variables that a document does not declare are not kept', async () => {
  const pipeline = createPipeline(buildGraph());
  const held: unknown[] = [];
  const grown = await heapAfter(async () => {
    for (let index = 0; index < 1000; index += 1) {
      const variables = { after: null, other: `${index}`.repeat(60_000) };
      const query =
        'subscription ($after: StreamCursor) { provisioningUpdates(after: $after) { __typename } }';
      held.push(await pipeline.admit({ query, variables, accepts: EVERY_KIND }, CALLER));
    }
  });
  expect(held.filter(admitted => admitted instanceof RequestRefusal)).toEqual([]);
  expect(grown).toBeLessThan(20);
});
