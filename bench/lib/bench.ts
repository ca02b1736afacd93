import type { Lab } from './lab';
import type { Verdict } from './table';

/** One measurement that can be run by its name. */
export interface Bench {
  name: string;
  /** What it measures, in a line. */
  what: string;
  /** Prints its table; gives the goals back with what was reached. */
  run(lab: Lab): Promise<Verdict[]>;
}
