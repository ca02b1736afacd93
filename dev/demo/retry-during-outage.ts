import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLRequestError } from '../../client';
import { print } from './screen';

/** Timeout for a gateway that is unreachable, in milliseconds. */
export const OUTAGE_TIMEOUT_MS = 60_000;
const PAUSE_MS = 500;

const isTransient = (error: unknown) => !(error instanceof GraphQLRequestError) || error.passing;

/** Result of a call that was retried until there was an answer. */
export interface RetriedResult<T> {
  value: T;
  /** Whether there were retries: an earlier attempt may have succeeded although its response was lost. */
  repeated: boolean;
}

/** Retries transient errors for up to `OUTAGE_TIMEOUT_MS`. */
export async function retryDuringOutage<T>(attempt: () => Promise<T>): Promise<RetriedResult<T>> {
  const start = Date.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      const value = await attempt();
      if (attempts > 1) print('  … the gateway answers again.');
      return { value, repeated: attempts > 1 };
    } catch (error) {
      if (!isTransient(error) || Date.now() - start > OUTAGE_TIMEOUT_MS) throw error;
      if (attempts === 1) print('  … the gateway does not answer; the demo retries.');
      await sleep(PAUSE_MS);
    }
  }
}
