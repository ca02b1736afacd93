export { abandon } from './abandon';
export { readBacklog } from './backlog';
export { createOperation, subscriptionBusy } from './create-operation';
export { observeOperation } from './durations';
export { endedPeriods, periodEnd } from './period';
export { reconcileDue, reconcileOnce } from './reconcile/schedule';
export { toProviderAccount } from './to-provider';
export { ProvisioningWorker, type WorkerOptions } from './worker';
export { operationReferences } from './write-operation';
