import { between, exhausted, killing, losingCommits, readOnly, silent } from './support/database-faults';
import { type Lab, startLab } from './support/lab';
import { type Fault, underLoad } from './support/scenario';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

const FAULTS: Record<string, Fault> = {
  '300 ms latency for 10 s': between(10, { delayMs: 300 }),
  '5 % of statements break their connection, 10 s': between(10, { drop: 0.05 }),
  'silent for 10 s, new connections too': silent(10),
  '10 kB/s on each connection for 10 s': between(10, { bytesPerSecond: 10_000 }),
  'the answer of every third COMMIT is lost, 10 s': losingCommits(10),
  'refuses writes (read_only) for 20 s': readOnly(20),
  'another client takes all connections, 20 s': exhausted(20),
  'KILL and KILL QUERY at random, 20 s': killing(20),
};

test.each(Object.entries(FAULTS))('database: %s', async (name, fault) => {
  await underLoad(lab, 'Database', name, fault);
});
