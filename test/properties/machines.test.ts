import fc from 'fast-check';
import { commands } from '../support/machines/commands';
import { runDry } from '../support/machines/run-dry';
import { resetWorld, startWorld, type World } from '../support/machines/world';

/** `npm run test:nightly` is the long form. */
const LIVES = Math.ceil(Number(process.env.RUNS ?? 60) / 10);
const COMMANDS = 60;
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

let world: World;
beforeAll(async () => {
  process.stderr.write(`machines: seed ${SEED}\n`);
  world = await startWorld();
}, 60_000);
afterAll(() => world.office.stop());

test(`in ${LIVES} random lives the model, the database and the provider agree`, async () => {
  await fc.assert(
    fc.asyncProperty(commands(COMMANDS), async life => {
      await resetWorld(world);
      const model = { subscriptions: [], orders: [] };
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), life);
        await runDry(world, model);
      } catch (error) {
        throw new Error(`seed ${SEED}:\n${world.log.join('\n')}`, { cause: error });
      }
    }),
    { numRuns: LIVES, seed: SEED, endOnFailure: true, unbiased: true },
  );
}, 3_600_000);
