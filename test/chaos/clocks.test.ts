import { createTestClock, findFaketime } from '../support/faketime';
import { startLab } from './support/lab';
import { type Fault, lasting, underLoad } from './support/scenario';

const library = findFaketime();
const clock = library ? createTestClock(library) : undefined;
const another = library ? createTestClock(library, '+32d') : undefined;

/** A clock that jumps, and jumps back. */
const jump =
  (offset: string): Fault =>
  async () => {
    clock?.set(offset);
    await lasting(10);
    clock?.set('+0');
  };

const FAULTS: Record<string, Fault> = {
  'one hour ahead for 10 s': jump('+1h'),
  'one hour behind for 10 s': jump('-1h'),
  'a second gateway is 32 days ahead for 15 s': async lab => {
    const ahead = await lab.another(another?.env ?? {});
    await lasting(15);
    expect(await ahead.end('SIGTERM')).toBe(0);
  },
};

if (!library) test.todo('clocks: needs faketime (apt-get install faketime)');
else
  describe('clocks', () => {
    let lab: Awaited<ReturnType<typeof startLab>>;
    beforeAll(async () => {
      lab = await startLab({ env: clock?.env ?? {} });
    });
    afterAll(() => lab.stop());

    test.each(Object.entries(FAULTS))('clock: %s', async (name, fault) => {
      await underLoad(lab, 'Clock', name, fault);
    });
  });
