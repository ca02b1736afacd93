import type { Load } from '../load/load';
import { type Contender, cpuSeconds } from './processes';

/** One way to send a server work. */
export interface Entry {
  name: string;
  contender: Contender;
  path?: string;
  headers?: Record<string, string>;
  body: string;
}

/** What an entry reached, over all rounds. */
export interface Reached {
  name: string;
  /** Requests a second in each round. */
  rates: number[];
  p99: number[];
  /** Processor time of the server for one request, in microseconds. */
  cpu: number[];
}

/** So much longer than the others is the first round. */
const WARM_UP = 4;

/** How long and how often. */
export interface Effort {
  rounds: number;
  ms: number;
  connections: number;
}

/**
 * Lets every entry work in turn, round after round, so that what else the machine does hits all of them alike. The first
 * round warms up, which takes what has much code a while, and does not count.
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

/** The one in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** How `values` stand to `others`, round by round. */
export function ratios(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, round) => value / (others[round] ?? Number.NaN));
}
