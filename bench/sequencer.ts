import { startDatabase } from '../dev/local/database-server';
import type { Bench } from './lib/bench';
import { say } from './lib/report';
import { Child } from './live/child';

const SECONDS = 5;

interface Outcome {
  commits: number;
  lagMs: number[];
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

async function round(url: string, processes: number, writers: number, numbering: number): Promise<string> {
  const children: Child[] = [];
  for (let index = 0; index < processes; index += 1) {
    const env = { DATABASE_URL: url, NUMBERS: index < numbering ? '1' : '' };
    children.push(await Child.start('sequencer-process.js', env));
  }
  const outcomes = await Promise.all(
    children.map(child =>
      child.ask<Outcome>({ is: 'write', writers: Math.floor(writers / processes), seconds: SECONDS }),
    ),
  );
  for (const child of children) child.stop();
  const commits = outcomes.reduce((sum, outcome) => sum + outcome.commits, 0);
  const lag = outcomes.flatMap(({ lagMs }) => lagMs).sort((a, b) => a - b);
  const cells = [processes, numbering, Math.round(commits / SECONDS), at(lag, 0.5), at(lag, 0.99)];
  return `| ${cells.map(cell => Math.round(cell)).join(' | ')} |`;
}

/** Cost of numbering events in every process, compared with one process. */
export const sequencer: Bench = {
  name: 'sequencer',
  what: 'writers in three processes, of which all or one number events',
  async run() {
    const mariadb = await startDatabase({ throwaway: true, log: () => undefined });
    try {
      say('| processes | numbering | commits/s | commit to reader ms, median | p99 |');
      say('|-----:|-----:|-----:|-----:|-----:|');
      for (let repeat = 0; repeat < 3; repeat += 1) {
        say(await round(mariadb.url, 3, 18, 3));
        say(await round(mariadb.url, 3, 18, 1));
      }
      return [];
    } finally {
      await mariadb.stop();
    }
  },
};
