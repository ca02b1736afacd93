export { readBacklog } from './backlog';
export { beginOperation, busy } from './begin';
export { toProviderAccount } from './job';
export { observed } from './observed-provider';
export { periodEnd } from './period';
export { createProviders } from './provider';
export {
  type Provider,
  ProviderFault,
  type ProviderItem,
  type ProviderService,
  type ProviderSubscription,
} from './provider/port';
export { reconcileDue, reconcileOnce } from './reconcile/schedule';
export { defaultRetries, exponential, type RetryBounds } from './retry-policy';
export { type Providers, Worker, type WorkerOptions } from './worker';
export { aboutOperation } from './write';
