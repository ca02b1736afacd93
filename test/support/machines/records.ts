/** Model of the life of subscriptions: the promises of the gateway as a few maps, without its code. */

export type Actor =
  | 'buyer'
  | 'otherBuyer'
  | 'reseller'
  | 'endCustomer'
  | 'manager'
  | 'otherManager'
  | 'admin';
export type Owner = 'direct' | 'resold';
export type Timing = 'IMMEDIATE' | 'END_OF_PERIOD';
export type Awaiting = 'RESELLER' | 'DISTRIBUTOR' | null;

/** Totals of add-ons by SKU, above 0. */
export type Totals = Record<string, number>;

export interface Lot {
  sku: string;
  quantity: number;
  minor: number;
}

/** An open cancellation request or an open change. */
export interface Open {
  id: string;
  state: 'PENDING' | 'ACCEPTED';
  requestedBy: Actor;
  awaiting: Awaiting;
  timing: Timing;
  /** Time at which it takes effect, while it waits for that. */
  due: number | null;
  /** The same, also when it is being carried out. */
  boundary: number | null;
}

export interface OpenChange extends Open {
  product: string;
  addons: Totals;
  kinds: string[];
}

export type Kind = 'PROVISION' | 'ADD_ADDONS' | 'DEPROVISION' | 'CHANGE' | 'SUSPEND' | 'RESUME' | 'UNDO';

export interface Operation {
  id: string;
  kind: Kind;
  state: 'OPEN' | 'FAILED' | 'SUCCEEDED' | 'ABANDONED';
  order: Order | null;
  requestId: string | null;
  change: OpenChange | null;
  undoes: Operation | null;
  /** Add-ons that it adds. */
  addons: Totals;
  /** Effects at the provider before it. */
  effectsBefore: number;
  /** Effects of an operation that is undone. */
  effectsDone: number;
}

export interface Order {
  id: string;
  owner: Owner;
  state: 'SUBMITTED' | 'EXECUTING' | 'FAILED' | 'COMPLETED' | 'CANCELLED';
  subscription: Subscription | null;
  product: string;
  addons: Totals;
}

/** What a successful operation has done to the lots of a subscription. */
export interface Settled {
  operation: string;
  changeId: string | null;
  isEnd: boolean;
  /** Time at which it takes effect, however late it succeeds. Null: when it succeeds. */
  boundary: number | null;
  /** Whether the subscription was suspended before. */
  wasSuspended: boolean;
  taken: Totals;
  added: Lot[];
}

export interface Subscription {
  id: string;
  owner: Owner;
  state: 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CANCELLATION' | 'CANCELLED';
  sync: 'PENDING' | 'SYNCED' | 'FAILED';
  product: string;
  addons: Totals;
  lots: Lot[];
  request: Open | null;
  change: OpenChange | null;
  operations: Operation[];
  /** Operations that have changed what is charged, and times up to which periods were charged, in their order. */
  settled: (Settled | { renewedTo: number })[];
  /** An operation was given up that the provider may have done: nothing tells any more what it holds. */
  isUnverifiable: boolean;
  /** It has ended here, and the end at the provider was left to a person, who has not acted. */
  isLeftAtProvider: boolean;
}

export interface Model {
  subscriptions: Subscription[];
  orders: Order[];
}

const SIZES: Record<string, [terabytes: number, minor: number]> = {
  'IC-BASE-1TB': [1, 800],
  'IC-BASE-5TB': [5, 3750],
  'IC-BASE-10TB': [10, 7000],
  'IC-ADD-1TB': [1, 750],
  'IC-ADD-5TB': [5, 3600],
};
export const PRODUCTS = Object.keys(SIZES).slice(0, 3);
export const ADDONS = Object.keys(SIZES).slice(3);

const terabytes = (sku: string) => SIZES[sku]?.[0] ?? 0;
export const priceOf = (owner: Owner, sku: string) =>
  ((SIZES[sku]?.[1] ?? 0) * (owner === 'direct' ? 10 : 8)) / 10;

/** Storage in bytes; none before the first activation. */
export const capacityOf = ({ lots, product, addons }: Subscription): number =>
  lots.length === 0
    ? 0
    : Object.entries(addons).reduce((sum, [sku, n]) => sum + n * terabytes(sku), terabytes(product)) * 1e12;

export const recurringOf = (lots: readonly Lot[]): number =>
  lots.reduce((sum, { quantity, minor }) => sum + quantity * minor, 0);

export const withoutZeros = (totals: Totals): Totals =>
  Object.fromEntries(Object.entries(totals).filter(([, n]) => n > 0));

export const openOperation = (s: Subscription) => s.operations.find(({ state }) => state === 'OPEN');
export const failedOperations = (s: Subscription) => s.operations.filter(({ state }) => state === 'FAILED');

/** Kinds of a change to these contents; an add-on that is not named stays. */
export function kindsOf(s: Subscription, product: string, addons: Totals): string[] {
  const more = Object.entries(addons).some(([sku, n]) => n > (s.addons[sku] ?? 0));
  const less = Object.entries(addons).some(([sku, n]) => n < (s.addons[sku] ?? 0));
  const size = Math.sign(terabytes(product) - terabytes(s.product));
  return [
    more ? 'ADD_ADDONS' : '',
    less ? 'REDUCE_ADDONS' : '',
    size > 0 ? 'UPGRADE' : '',
    size < 0 ? 'DOWNGRADE' : '',
  ].filter(Boolean);
}
