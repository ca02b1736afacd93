export { beginOperation, busy } from './begin';
export { toProviderAccount } from './job';
export { periodEnd } from './period';
export { exchange } from './provider/exchange';
export { createImpossibleCloud } from './provider/impossible-cloud';
export { Interrupted } from './provider/interrupted';
export { type Provider, ProviderFault, type ProviderSubscription } from './provider/port';
export { type Providers, Worker, type WorkerOptions } from './worker';
export { aboutOperation } from './write';
