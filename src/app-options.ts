import type { RetryBounds } from './jobs';
import type { MailTuning } from './mail';
import type { WorkerOptions } from './provisioning';
import type { WebOptions } from './transport/web';
import type { DeliveryTuning } from './webhooks';

/** Options of the program that starts a gateway. Operators cannot set them. */
export interface AppOptions {
  clock?: () => Date;
  retries?: RetryBounds;
  worker?: Partial<Pick<WorkerOptions, 'limits' | 'drainMs'>>;
  webhooks?: DeliveryTuning;
  mail?: MailTuning;
  /** Users that the pages sign in with one click. */
  signIns?: WebOptions['signIns'];
}
