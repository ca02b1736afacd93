export { createProviders, type Providers } from './create-providers';
export { createAgent } from './http/agent';
export { exchange } from './http/exchange';
export { Interrupted } from './http/interrupted';
export { instrumentProvider } from './instrument-provider';
export {
  Accepted,
  type Provider,
  type ProviderAccount,
  type ProviderCall,
  type ProviderCatalog,
  ProviderFault,
  type ProviderHolding,
  type ProviderItem,
  type ProviderService,
  type ProviderSubscription,
  type RejectedEntry,
} from './port';
