import type { Load } from '../load/load';
import { type Contender, cpuSeconds } from './processes';

/** Contender with its request. */
export interface Entry {
  name: string;
  contender: Contender;
  path?: string;
  headers?: Record<string, string>;
  body: string;
}

/** Results of an entry in all rounds. */
export interface Reached {
  name: string;
  /** Requests per second by round. */
  rates: number[];
  p99: number[];
  /** Processor time of the server per request, in microseconds, by round. */
  cpu: number[];
}

/** Length of the warm-up round, as a multiple of the others. */
const WARM_UP = 4;

/** Number and length of the rounds, and number of connections. */
export interface Effort {
  rounds: number;
  ms: number;
  connections: number;
}

/**
 * Measures all entries in turn, round by round, so that other work on the machine affects all of them. The first round is
 * a longer warm-up, because a large code base needs time to be optimized, and does not count.
 */
export async function inTurn(load: Load, entries: readonly Entry[], effort: Effort): Promise<Reached[]> {
  const reached = entries.map(({ name }): Reached => ({ name, rates: [], p99: [], cpu: [] }));
  for (let round = 0; round <= effort.rounds; round += 1) {
    for (const [index, entry] of entries.entries()) {
      const { contender, body } = entry;
      const before = cpuSeconds(contender.pid);
      const result = await load.run({
        host: contender.url.hostname,
        port: Number(contender.url.port),
        path: entry.path ?? '/graphql',
        headers: entry.headers ?? {},
        body,
        connections: effort.connections,
        ms: round === 0 ? WARM_UP * effort.ms : effort.ms,
      });
      if (round === 0) continue;
      reached[index]?.rates.push(result.requests / result.seconds);
      reached[index]?.p99.push(result.p99);
      reached[index]?.cpu.push(((cpuSeconds(contender.pid) - before) / result.requests) * 1e6);
    }
  }
  return reached;
}

/** Returns the median. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Ratio of `values` to `others`, by round. */
export function ratios(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, round) => value / (others[round] ?? Number.NaN));
}
