import { setTimeout as sleep } from 'node:timers/promises';
import type { Rows } from './rows';

/** Less than the time limit of a test, so that the reason is shown and not only that the time was over. */
const DEADLINE_MS = 25_000;

/** Options of a wait. */
export interface Waiting {
  /** What is awaited. Defaults to the source of the condition. */
  what?: string;
  /** What is still open, shown when the deadline is missed. */
  open?: () => unknown;
  withinMs?: number;
  everyMs?: number;
}

/** Polls until the condition holds. Rejects at the deadline with what was awaited and what is still open. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { what = String(isSo), open, withinMs = DEADLINE_MS, everyMs = 10 }: Waiting = {},
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) {
      const left = open ? `\nStill open: ${JSON.stringify(await open(), null, 1).slice(0, 4000)}` : '';
      throw new Error(`Awaited for ${withinMs} ms: ${what}${left}`);
    }
    await sleep(everyMs);
  }
}

/** Polls until there is a value. Resolves to it. */
export async function found<T>(look: () => T | undefined | Promise<T | undefined>, waiting: Waiting = {}) {
  let value: T | undefined;
  await until(
    async () => {
      value = await look();
      return value !== undefined;
    },
    { what: String(look), ...waiting },
  );
  return value as T;
}

/** Waits until no operation is due, running or to be retried. */
export function settled(rows: Rows, waiting: Waiting = {}): Promise<void> {
  const count = 'SELECT COUNT(*) AS open FROM operations WHERE dueAt IS NOT NULL';
  const open = () =>
    rows(
      `SELECT o.id, o.kind, o.state, o.dueAt, o.token, s.name AS step, s.state AS stepState, s.attempts, s.errorMessage
       FROM operations o LEFT JOIN steps s ON s.operationId = o.id AND s.position = o.position
       WHERE o.dueAt IS NOT NULL`,
    );
  return until(async () => (await rows<{ open: number }>(count))[0]?.open === 0, {
    what: 'no operation is due, running or to be retried',
    open,
    ...waiting,
  });
}

/**
 * Lets time pass, for a test whose subject is time itself: a moment at random, or a while in which nothing may happen.
 * Everything else is awaited with `until`.
 */
export const elapse = (ms: number, _why: string): Promise<void> => sleep(ms);
