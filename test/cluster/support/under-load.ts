import { expectComplete, expectSameEverywhere, expectSoldOnce } from './checks';
import { type Lab, report } from './lab';
import { type Load, startLoad } from './load';

const READERS = 6;
const CUSTOMERS = 600;
/** Orders between two disturbances. */
const STEADY = 30;

/** Times that the streams of the readers were cut. */
interface Disturbed {
  interruptions: number;
}

/**
 * Sells to customers named `name` while six readers read everything, lets `disturb` do its worst, and expects that nothing is
 * lost, nothing done twice, no state went back and no stream has a gap.
 */
export async function underLoad(
  lab: Lab,
  name: string,
  disturb: (load: Load) => Promise<void>,
): Promise<Disturbed> {
  const customers = await lab.customers(name, CUSTOMERS);
  const readers = await Promise.all(Array.from({ length: READERS }, () => lab.reader()));
  await lab.provider.clear();
  const load = startLoad(lab, customers);
  await load.sells(STEADY);
  report(`${name}: undisturbed, ${load.outage()}`);
  await disturb(load);
  await load.sells(STEADY);
  await load.stop();
  await lab.settled();
  const interruptions = readers.map(reader => reader.interruptions);
  report(`${name}: ${load.sold.length} orders; readers were cut ${interruptions.join(', ')} times`);
  await expectSoldOnce(lab, `${name.toLowerCase()}-`, load.sold);
  await expectComplete(lab, readers);
  await expectSameEverywhere(lab);
  return { interruptions: interruptions.reduce((sum, each) => sum + each, 0) };
}
