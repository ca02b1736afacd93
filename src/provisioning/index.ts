export { readBacklog } from './backlog';
export { beginOperation, busy } from './begin';
export { toProviderAccount } from './job';
export { observed } from './observed-provider';
export { periodEnd } from './period';
export { createProviders } from './provider';
export { createAgent } from './provider/agent';
export { exchange } from './provider/exchange';
export { Interrupted } from './provider/interrupted';
export {
  type Provider,
  type ProviderCatalog,
  ProviderFault,
  type ProviderItem,
  type ProviderService,
  type ProviderSubscription,
  type RejectedEntry,
} from './provider/port';
export { reconcileDue, reconcileOnce } from './reconcile/schedule';
export { type Providers, Worker, type WorkerOptions } from './worker';
export { aboutOperation } from './write';
