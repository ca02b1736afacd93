export * from './account';
export * from './api-key';
export * from './basket';
export * from './billing-details';
export * from './cancellation-request';
export * from './catalog';
export * from './catalog-import';
export * from './charge';
export * from './chore';
export * from './cloud-subscription';
export * from './currency';
export * from './enums';
export * from './event';
export * from './fields';
export * from './guess-count';
export * from './idempotency-key';
export * from './identifiers';
export * from './invitation';
export type { LineAddon } from './line';
export * from './mail';
export * from './money';
export * from './node';
export * from './operation';
export * from './order';
export * from './order-messages';
export * from './prices';
export * from './provider';
export * from './retail-price';
export * from './scalars';
export * from './search-term';
export * from './service';
export * from './service-account';
export * from './session';
export * from './sign-in-address';
export {
  CancellationMessage,
  CancellationSnapshot,
  CancellationUpdate,
  ProvisioningSnapshot,
  ProvisioningStreamMessage,
  ProvisioningUpdate,
  StreamReset,
} from './stream-messages';
export * from './subscription-change';
export * from './subscription-lot';
export * from './user';
export * from './webhook';
