export { missingFields } from './account-fields';
export type { ProviderCatalog, ProviderItem, ProviderService, RejectedEntry } from './catalog';
export { createProviders, type Providers } from './create-providers';
export { ProviderFault } from './fault';
export { createAgent } from './http/agent';
export { exchange } from './http/exchange';
export { Interrupted } from './http/interrupted';
export { instrumentProvider } from './instrument-provider';
export {
  Accepted,
  type ChangeDirection,
  type Provider,
  type ProviderCall,
  type ProviderHolding,
} from './port';
export type { ProviderAccount, ProviderSubscription } from './subscription';
