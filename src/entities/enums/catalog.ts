import { defineEnum } from './define-enum';

export const BillingCycle = defineEnum('BillingCycle', 'Billing cycle of a price.', {
  MONTHLY: 'Every month.',
  ANNUALLY: 'Every year.',
  TWO_YEARS: 'Every two years.',
  THREE_YEARS: 'Every three years.',
});
export type BillingCycle = keyof typeof BillingCycle;

export const LifecycleState = defineEnum('LifecycleState', 'Lifecycle state of a product or an add-on.', {
  DRAFT: 'Not published yet. Visible to administrators only.',
  PUBLISHED: 'Published and available to order.',
  RETIRED: 'No longer available to order. Existing orders and subscriptions still show it.',
});
export type LifecycleState = keyof typeof LifecycleState;

export const CancellationPolicy = defineEnum('CancellationPolicy', 'Handling of cancellation requests.', {
  REQUIRES_DECISION:
    'The distributor decides on each request. A request of an end customer awaits its reseller first. Requests of account managers and administrators need no decision.',
  AUTOMATIC:
    'Each request is accepted at once, except that a request of an end customer awaits its reseller.',
});
export type CancellationPolicy = keyof typeof CancellationPolicy;

export const CatalogImportState = defineEnum('CatalogImportState', 'State of a catalog import.', {
  RUNNING: 'Running. `done` of `total` services are finished.',
  SUCCEEDED: 'Finished.',
  FAILED: 'Stopped by an error. The entries of `changes` remain, and the next import continues from there.',
});
export type CatalogImportState = keyof typeof CatalogImportState;

export const CatalogItemKind = defineEnum('CatalogItemKind', 'Kind of item in a catalog.', {
  SERVICE: 'A service with its ordering rules.',
  PRODUCT: 'A product.',
  ADDON: 'An add-on.',
});
export type CatalogItemKind = keyof typeof CatalogItemKind;

export const CatalogChangeKind = defineEnum('CatalogChangeKind', 'Kind of change in a catalog import.', {
  ADD: 'The item is new. Products and add-ons are created as drafts, for review.',
  UPDATE: 'The provider changed the value, and it was not edited here.',
  KEEP: 'The value differs from that of the provider but was edited here. It stays unchanged.',
  WITHDRAW: 'The provider no longer offers the item. It is no longer published.',
  REJECT: 'The entry in the catalog of the provider is malformed. It is not imported, or not all of it.',
});
export type CatalogChangeKind = keyof typeof CatalogChangeKind;
