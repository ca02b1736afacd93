import { seededRandom } from './seeded-random';

/** Choice of the cases that a run plays. */
export type Sample = ReturnType<typeof startSample>;

/**
 * Starts the sample of a test file: one of three cases, or of as many as `SAMPLE` says. Prints its seed, which `SEED` repeats.
 * `npm run test:nightly` plays all.
 */
export function startSample(file: string) {
  const oneIn = Number(process.env.SAMPLE ?? 3);
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = seededRandom(seed);
  process.stderr.write(`${file}: seed ${seed}\n`);
  return {
    random,
    /** Returns how often a case of random moments is played. */
    times: (all: number): number => Math.ceil(all / oneIn),
    /** Decides on a case that is known only when it comes. */
    plays: (): boolean => random() < 1 / oneIn,
    /** Picks cases in their order, at least one of each kind. */
    of<T>(cases: readonly T[], kindOf: (one: T) => string): T[] {
      const shuffled = cases.map(one => ({ one, at: random() })).sort((a, b) => a.at - b.at);
      const kinds = new Set<string>();
      const isFirst = (one: T) => kinds.size < kinds.add(kindOf(one)).size;
      const firsts = shuffled.filter(({ one }) => isFirst(one));
      const rest = shuffled.filter(known => !firsts.includes(known));
      const picked = [...firsts, ...rest].slice(0, Math.max(firsts.length, Math.ceil(cases.length / oneIn)));
      return cases.filter(one => picked.some(known => known.one === one));
    },
  };
}
