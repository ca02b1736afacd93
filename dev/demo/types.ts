import type { ProvisioningOperation, SubscriptionState, UserError } from '../../client';

export interface Money {
  amount: string;
  currency: string;
}

interface Price {
  billingCycle: string;
  unitPrice: Money;
}

export interface Addon {
  id: string;
  sku: string;
  name: string;
  prices: Price[];
}

export interface Product extends Addon {
  addons: Addon[];
  service: { code: string; quantityLimit: number | null; allowMultipleSubscriptions: boolean };
}

export interface Category {
  slug: string;
  name: string;
  products: { nodes: Product[] };
}

export interface Account {
  id: string;
  kind: string;
  name: string;
}

export interface Basket {
  id: string;
  version: number;
  step: string;
  recipient: Account | null;
  billing: { company: string } | null;
  billingConfirmedAt: string | null;
  total: Money;
  lines: { id: string; product: { sku: string } }[];
  problems: UserError[];
}

export interface Order {
  id: string;
  number: string;
  state: string;
  total: Money;
  recipient: Account;
  reseller: { name: string } | null;
  executedBy: { name: string } | null;
  lines: { id: string; subscription: { id: string; state: SubscriptionState } | null }[];
  operations: ProvisioningOperation[];
}

export interface Subscription {
  id: string;
  version: number;
  state: SubscriptionState;
  syncState: string;
  friendlyName: string;
  capacityBytes: string;
  cancelledAt: string | null;
  product: { sku: string; service: { code: string } };
  cancellationRequest: { id: string; state: string; timing: string } | null;
}

export interface SubscriptionDetails extends Subscription {
  operations: ProvisioningOperation[];
}

/** Payload of a mutation. */
export type Payload<Name extends string, Value> = { [name in Name]: Value | null } & { errors: UserError[] };
