import { setTimeout as pause } from 'node:timers/promises';
import type { UserErrorCode } from './generated';
import { Refused } from './refused';

/** Reasons that another attempt from the beginning can avoid. All others, also new ones, need a person. */
const AGAIN: readonly UserErrorCode[] = [
  'IDEMPOTENCY_IN_PROGRESS',
  'PRICE_CHANGED',
  'SUBSCRIPTION_BUSY',
  'VERSION_CONFLICT',
];

const MAX_ATTEMPTS = 20;
const MAX_DELAY_MS = 1000;

/** Repeats work that was refused because something else happened at the same time. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const canPass = error instanceof Refused && error.errors.every(({ code }) => AGAIN.includes(code));
      if (!canPass || attempt === MAX_ATTEMPTS) throw error;
      await pause(Math.random() * MAX_DELAY_MS);
    }
  }
}
