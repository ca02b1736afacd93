import type { LastHour } from './last-hour';

const HOUR_MS = 3_600_000;
const BUCKETS = 12;

/** Steps in the order of execution. */
const STEPS = [
  'SYNCHRONIZE_RESELLER',
  'IMPORT_CUSTOMER',
  'ASSIGN_LICENSE',
  'ASSIGN_ADDONS',
  'ACTIVATE_SERVICE',
  'CANCEL_SERVICE',
];

/** Operations that finished within five minutes. */
export interface Bucket {
  from: number;
  succeeded: number;
  failed: number;
}

/** Divides the last hour into periods of five minutes, oldest first. */
export function perFiveMinutes({ operations, now }: LastHour): Bucket[] {
  const width = HOUR_MS / BUCKETS;
  const start = now - HOUR_MS;
  const buckets = Array.from({ length: BUCKETS }, (_, index) => ({
    from: start + index * width,
    succeeded: 0,
    failed: 0,
  }));
  for (const { finishedAt, state } of operations) {
    if (finishedAt === null) continue;
    const index = Math.min(BUCKETS - 1, Math.floor((Date.parse(finishedAt) - start) / width));
    const bucket = buckets[index];
    if (bucket && state === 'SUCCEEDED') bucket.succeeded += 1;
    if (bucket && state === 'FAILED') bucket.failed += 1;
  }
  return buckets;
}

/** Median duration of each kind of step. */
export function timePerStep({ operations }: LastHour): { name: string; median: number }[] {
  const times = new Map<string, number[]>();
  for (const { steps } of operations) {
    for (const { name, state, startedAt, finishedAt } of steps) {
      if (state !== 'SUCCEEDED' || !startedAt || !finishedAt) continue;
      const known = times.get(name) ?? [];
      times.set(name, [...known, Date.parse(finishedAt) - Date.parse(startedAt)]);
    }
  }
  return STEPS.flatMap(name => {
    const all = times.get(name);
    return all ? [{ name, median: median(all) }] : [];
  });
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Number of failed attempts by error code, the most frequent first. */
export function failuresByReason({ faults }: LastHour): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { code } of faults) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}
