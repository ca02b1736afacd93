import { defineEnum } from './define-enum';

export const BillingCycle = defineEnum('BillingCycle', 'How often a price is due.', {
  MONTHLY: 'Every month.',
  ANNUALLY: 'Every year.',
  TWO_YEARS: 'Every two years.',
  THREE_YEARS: 'Every three years.',
});
export type BillingCycle = keyof typeof BillingCycle;

export const LifecycleState = defineEnum('LifecycleState', 'Whether a product or an add-on is sold.', {
  DRAFT: 'Being prepared; nobody but administrators sees it.',
  PUBLISHED: 'Sold.',
  RETIRED: 'Not sold any more; what was ordered before still shows it.',
});
export type LifecycleState = keyof typeof LifecycleState;

export const CancellationPolicy = defineEnum(
  'CancellationPolicy',
  'What happens to a cancellation request.',
  {
    REQUIRES_DECISION: 'A request goes to the account manager.',
    AUTOMATIC: 'A request is carried out at once.',
  },
);
export type CancellationPolicy = keyof typeof CancellationPolicy;

export const CatalogImportState = defineEnum('CatalogImportState', 'How far an import of a catalog is.', {
  RUNNING: 'Under way; `done` of `total` services are finished.',
  SUCCEEDED: 'Finished.',
  FAILED: 'Stopped; what is in `changes` stays done, and another import goes on from there.',
});
export type CatalogImportState = keyof typeof CatalogImportState;

export const CatalogItemKind = defineEnum('CatalogItemKind', 'What a change of the catalog is about.', {
  SERVICE: 'A kind of service with its rules.',
  PRODUCT: 'A product.',
  ADDON: 'An add-on.',
});
export type CatalogItemKind = keyof typeof CatalogItemKind;

export const CatalogChangeKind = defineEnum('CatalogChangeKind', 'What an import does with something.', {
  ADD: 'It is new. Products and add-ons come unpublished: a person looks at them first.',
  UPDATE: 'The provider changed the value, and nobody here had.',
  KEEP: "It differs from the provider's, and was edited here: it stays as it is.",
  WITHDRAW: 'The provider no longer offers it: it is no longer published.',
  REJECT: 'The entry of the provider’s catalog is malformed and is not imported, or a part of it is not.',
});
export type CatalogChangeKind = keyof typeof CatalogChangeKind;
