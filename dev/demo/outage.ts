import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLRequestError } from '../../client';
import { say } from './screen';

/** How long the demo waits for a gateway that has gone away, in milliseconds. */
export const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

const mayPass = (error: unknown) => !(error instanceof GraphQLRequestError) || error.passing;

/** What came of something that was tried until there was an answer. */
export interface Answered<T> {
  value: T;
  /** It was sent more than once: an earlier attempt may have had its effect, and lost its answer. */
  repeated: boolean;
}

/** Tries until there is an answer, for a minute at most. */
export async function throughOutage<T>(attempt: () => Promise<T>): Promise<Answered<T>> {
  const start = Date.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      const value = await attempt();
      if (attempts > 1) say('  … the gateway answers again.');
      return { value, repeated: attempts > 1 };
    } catch (error) {
      if (!mayPass(error) || Date.now() - start > PATIENCE_MS) throw error;
      if (attempts === 1) say('  … the gateway does not answer; the demo waits, and repeats itself.');
      await sleep(PAUSE_MS);
    }
  }
}
