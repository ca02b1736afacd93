import { elapse } from '../support/until';
import { type Lab, startLab } from './support/lab';
import { type Fault, lasting, underLoad } from './support/scenario';

/** All that a gateway may take to end. */
const GONE_WITHIN_MS = 10_000;

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

/** Ends the gateway by signals, in time and without an error, and starts it again. */
const endedBy =
  (first: NodeJS.Signals, second?: NodeJS.Signals): Fault =>
  async ({ gateway }) => {
    const began = performance.now();
    const ended = gateway.end(first);
    if (second) {
      await elapse(200, 'the drain has begun');
      gateway.child.kill(second);
    }
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(GONE_WITHIN_MS);
    await gateway.start();
  };

const FAULTS: Record<string, Fault> = {
  'SIGSTOP, SIGCONT after 20 s': async ({ gateway }) => {
    gateway.child.kill('SIGSTOP');
    await lasting(20);
    gateway.child.kill('SIGCONT');
  },
  'kill -9, started again': async ({ gateway }) => {
    await gateway.end('SIGKILL');
    await gateway.start();
  },
  'SIGTERM, started again': endedBy('SIGTERM'),
  'SIGHUP, started again': endedBy('SIGHUP'),
  'two SIGTERM, started again': endedBy('SIGTERM', 'SIGTERM'),
};

test.each(Object.entries(FAULTS))('process: %s', async (name, fault) => {
  await underLoad(lab, 'Process', name, fault);
});
