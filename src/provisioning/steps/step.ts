import type { Transaction } from '../../database';
import type { Job } from '../job';
import type { Accepted, Provider, ProviderCall } from '../provider/port';

/**
 * What is to be done about a step: nothing, something here only, a call to the provider, or to come back later because
 * another operation is doing it right now.
 */
export type Entry = 'skip' | 'local' | 'call' | 'later';

/** What a call needs besides the job. */
export interface CallTools {
  provider: Provider;
  call: ProviderCall;
}

/** One step: the same questions for every step of every kind of operation. */
export interface Step<Result = unknown> {
  /** Asked in the transaction that leads to the step; may write what has to be known before the call. */
  enter(tx: Transaction, job: Job): Promise<Entry>;
  /**
   * The call itself, outside any transaction. It is repeated after a fault, so it must stand repetition: see `index.ts`. What
   * the provider only accepts is asked after, and not called again.
   */
  call?(job: Job, tools: CallTools): Promise<Result | Accepted>;
  /** What success writes, in the transaction of the step's result. */
  settle?(tx: Transaction, job: Job, result: Result): Promise<void>;
  /** What a person may do when the provider refuses the call, as the start of a sentence that ends `, then retry.` */
  remedy?: string;
}
