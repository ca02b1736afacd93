import type { Transaction } from '../../database';
import type { Accepted, Provider, ProviderCall } from '../../providers';
import type { Job } from '../job';

/** `skip` a step, complete it without a call, `call` the provider, or `wait` for another operation. */
export type Entry = 'skip' | 'local' | 'call' | 'wait';

/** Provider and call options for `Step.call`. */
export interface CallContext {
  provider: Provider;
  call: ProviderCall;
}

/** One step of an operation. */
export interface Step<Result = unknown> {
  /** Decides how the step starts, in the transaction of the walk. May write data that the call needs. */
  enter(tx: Transaction, job: Job): Promise<Entry>;
  /** Calls the provider, outside any transaction. Must be repeatable (see `index.ts`). Accepted work is polled instead. */
  call?(job: Job, context: CallContext): Promise<Result | Accepted>;
  /** Writes the result of the call, in the transaction that ends the step. */
  settle?(tx: Transaction, job: Job, result: Result): Promise<void>;
  /** Advice after a refusal: the start of a sentence that ends with `, then retry.` */
  remedy?: string;
}
