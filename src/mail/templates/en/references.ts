import type { Facts } from '../facts';

type References = NonNullable<Facts['order-completed']['references']>;

const labels: Readonly<Record<keyof References, string>> = {
  purchaseOrderNumber: 'Purchase order',
  orderExternalReference: 'Your reference of the order',
  subscriptionExternalReference: 'Your reference of the subscription',
  accountExternalReference: 'Your reference of the account',
};

/** One line for each reference that is set. */
export const referenceLines = (references: References = {}): string[] =>
  (Object.keys(labels) as (keyof References)[]).flatMap(name =>
    references[name] ? [`${labels[name]}: ${references[name]}`] : [],
  );
