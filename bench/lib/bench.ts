import { type Lab, openLab } from './lab';
import type { Verdict } from './table';

/** One measurement that can be run by its name. */
export interface Bench {
  name: string;
  /** What it measures, in a line. */
  what: string;
  /** Prints its table; gives the goals back with what was reached. */
  run(): Promise<Verdict[]>;
}

/** Runs `work` in a lab of its own, so that one bench's data is not another's. */
export async function inLab<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await openLab();
  try {
    return await work(lab);
  } finally {
    await lab.stop();
  }
}
