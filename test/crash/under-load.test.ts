import { between, killing, losingCommits } from '../chaos/support/database-faults';
import { type Lab, startLab } from '../chaos/support/lab';
import { losingAnswers } from '../chaos/support/provider-faults';
import { type Fault, underLoad } from '../chaos/support/scenario';

/** Other tests run at the same time: the seconds are measured by `npm run test:chaos`. */
const PATIENCE_MS = 60_000;

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
}, 60_000);
afterAll(() => lab.stop());

/** The quick ones of `npm run test:chaos`. */
const FAULTS: Record<string, Fault> = {
  'the database at 10 kB/s': between(3, { bytesPerSecond: 10_000 }),
  'answers to COMMIT are lost': losingCommits(3),
  'connections and statements are killed': killing(3),
  'answers of the provider are lost': losingAnswers(3),
};

test.each(Object.entries(FAULTS))(
  'orders, streams and webhooks are whole after: %s',
  async (name, fault) => {
    await underLoad(lab, 'Quick', name, fault, PATIENCE_MS);
  },
  120_000,
);
