import 'reflect-metadata';
import { sequencer } from './sequencer';
import { stream } from './stream';

/** A goal, what was reached in each round, and whether that is enough. */
export interface Verdict {
  goal: string;
  reached: readonly number[];
  least?: number;
  most?: number;
}

/** One measurement that can be run by its name. */
export interface Bench {
  name: string;
  /** What it measures, in a line. */
  what: string;
  /** Prints its figures; gives the goals back with what was reached. */
  run(): Promise<Verdict[]>;
}

const benches: readonly Bench[] = [stream, sequencer];

/** `npm run bench` runs all of them; names pick some. */
async function main(names: readonly string[]): Promise<void> {
  for (const { name, what, run } of benches) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n## ${name}: ${what}\n`);
    for (const { goal, reached, least, most } of await run()) {
      const middle = [...reached].sort((a, b) => a - b)[reached.length >> 1] ?? Number.NaN;
      const met = middle >= (least ?? -Infinity) && middle <= (most ?? Infinity);
      console.log(`${met ? 'met    ' : 'NOT MET'}  ${goal}: ${middle.toFixed(2)}`);
    }
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
