import type { GraphQLError } from 'graphql';
import type { Database } from '../src/database';
import type { Bench } from './lib/bench';
import { fillLists } from './lib/fill-lists';
import { openLab } from './lib/lab';
import { broadLists, type ListPlan, listPlans } from './lib/list-plans';
import { median } from './lib/rounds';
import { printTable, short } from './lib/table';

const SIZE = Number(process.env.BENCH_SIZE ?? 1_000_000);
const TIMES = 5;
/** Number of the slowest plans that are printed. */
const SHOWN = 15;
const MOST_MS = 20;

/** Database time of every plan of the lists, at one size. `DATABASE=mysql` measures on MySQL. */
export const lists: Bench = {
  name: 'lists',
  what: `filtered, searched and sorted lists with ${SIZE} subscriptions and orders`,
  async run() {
    const lab = await openLab();
    try {
      await fillLists(lab.db, lab.run, SIZE);
      const plans = await measure(lab.db, listPlans());
      show(`Milliseconds of a page with a plan (median), the slowest of ${plans.length}`, plans);
      const broad = await measure(lab.db, broadLists());
      show(`Milliseconds of a page without a bound, the slowest of ${broad.length}`, broad);
      return [
        {
          goal: `lists: every page with a plan in ${MOST_MS} ms`,
          reached: [plans[0]?.ms ?? Number.NaN],
          most: MOST_MS,
        },
      ];
    } finally {
      await lab.stop();
    }
  },
};

interface Measured {
  name: string;
  ms: number;
}

/** Median time of each list, the slowest first. A list that ends with TOO_BROAD takes as long as its deadline. */
async function measure(db: Database, lists: readonly ListPlan[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { name, read } of lists) {
    const times: number[] = [];
    for (let time = -1; time < TIMES; time += 1) {
      const began = performance.now();
      await read(db).catch(refuseOthers);
      if (time >= 0) times.push(performance.now() - began);
    }
    measured.push({ name, ms: median(times) });
  }
  return measured.sort((one, other) => other.ms - one.ms);
}

function refuseOthers(error: unknown): void {
  if ((error as GraphQLError).extensions?.code !== 'TOO_BROAD') throw error;
}

function show(title: string, measured: readonly Measured[]): void {
  const rows = measured.slice(0, SHOWN).map(({ name, ms }) => [name, short(ms)]);
  const middle = measured[Math.floor(measured.length / 2)];
  printTable(title, ['page', 'ms'], [...rows, ['median of all', short(middle?.ms ?? Number.NaN)]]);
}
