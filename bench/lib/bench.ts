import { type Lab, openLab } from './lab';
import type { Verdict } from './table';

/** Benchmark that can be run by its name. */
export interface Bench {
  name: string;
  /** Description in one line. */
  what: string;
  /** Prints its table. Returns the goals with the results. */
  run(): Promise<Verdict[]>;
}

/** Runs `work` in a new lab, so that benchmarks share no data. */
export async function inLab<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await openLab();
  try {
    return await work(lab);
  } finally {
    await lab.stop();
  }
}
