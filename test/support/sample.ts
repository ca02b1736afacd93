import { seededRandom } from './seeded-random';

/** One of how many cases is played. `npm run test:nightly` plays all. */
const ONE_IN = Number(process.env.SAMPLE ?? 3);

/** Choice of the cases that a run plays. */
export type Sample = ReturnType<typeof startSample>;

/** Starts the sample of a test file. Prints its seed, which `SEED` repeats. */
export function startSample(file: string) {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = seededRandom(seed);
  process.stderr.write(`${file}: seed ${seed}\n`);
  return {
    random,
    /** Returns how often a case of random moments is played. */
    times: (all: number): number => Math.ceil(all / ONE_IN),
    /** Decides on a case that is known only when it comes. */
    plays: (): boolean => random() < 1 / ONE_IN,
    /** Picks cases in their order, at least one of each kind. */
    of<T>(cases: readonly T[], kindOf: (one: T) => string): T[] {
      const shuffled = cases.map(one => ({ one, at: random() })).sort((a, b) => a.at - b.at);
      const kinds = new Set<string>();
      const isFirst = (one: T) => kinds.size < kinds.add(kindOf(one)).size;
      const firsts = shuffled.filter(({ one }) => isFirst(one));
      const rest = shuffled.filter(known => !firsts.includes(known));
      const picked = [...firsts, ...rest].slice(0, Math.max(firsts.length, Math.ceil(cases.length / ONE_IN)));
      return cases.filter(one => picked.some(known => known.one === one));
    },
  };
}
