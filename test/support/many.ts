import { typeid } from 'typeid-js';
import { userId } from '../../dev/demo-data';
import {
  Account,
  AccountKind,
  BillingCycle,
  CancellationRequest,
  CancellationRequestState,
  CancellationTiming,
  CloudSubscription,
  CloudSubscriptionAddon,
  CloudSubscriptionState,
  OperationKind,
  OperationState,
  OperationStep,
  Order,
  OrderLine,
  OrderSource,
  OrderState,
  ProvisioningErrorCode,
  ProvisioningOperation,
  ServiceAccount,
  StepState,
  SyncState,
} from '../../src/entities';
import { plans } from '../../src/provisioning/plan';
import { insertInto } from '../../src/store';
import { addon, product, service } from './catalog';
import { SKYLINE } from './demo';
import type { TestGateway } from './gateway';

const STORAGE = service('impossible-cloud-storage');
const billing = {
  company: 'Many',
  vatNumber: null,
  email: 'many@example.com',
  addressLine1: 'Weg 1',
  addressLine2: null,
  city: 'Bremen',
  postalCode: '28195',
  country: 'DE',
};

/** What each customer has: an order that waits, one that is blocked, one for add-ons, a failed one, a finished one. */
export type Kind = 'waiting' | 'blocked' | 'adding' | 'failed' | 'done';
export const kinds: readonly Kind[] = ['waiting', 'blocked', 'adding', 'failed', 'done'];

const orderStates: Record<Kind, OrderState> = {
  waiting: OrderState.SUBMITTED,
  blocked: OrderState.SUBMITTED,
  adding: OrderState.SUBMITTED,
  failed: OrderState.FAILED,
  done: OrderState.COMPLETED,
};

/** Writes end customers of Skyline with these names; resolves to their ids. */
export async function insertCustomers(gateway: TestGateway, names: readonly string[]): Promise<string[]> {
  const rows = names.map((name, index) => ({
    id: typeid('acc').toString(),
    kind: AccountKind.CUSTOMER,
    name,
    email: `customer-${index}@many.example`,
    resellerId: SKYLINE,
    accountManagerId: null,
    priceListId: null,
    billing,
  }));
  await gateway.app.deps.db.transaction(tx => insertInto(tx, Account, rows));
  return rows.map(({ id }) => id);
}

/** Writes, for every customer, what `kind` says, as if it had been ordered. */
export async function fill(gateway: TestGateway, kind: Kind, customers: readonly string[]): Promise<void> {
  const { db } = gateway.app.deps;
  const made = customers.map((id, index) => customerOf(kind, id, index));
  await db.insert(
    Order,
    made.map(({ order }) => order),
  );
  const subscriptions = made.flatMap(({ subscription }) => subscription ?? []);
  if (subscriptions.length > 0) await db.transaction(tx => insertInto(tx, CloudSubscription, subscriptions));
  await db.insert(
    OrderLine,
    made.map(({ line }) => line),
  );
  await db.insert(
    CloudSubscriptionAddon,
    made.flatMap(({ addons }) => addons),
  );
  await db.insert(
    ProvisioningOperation,
    made.flatMap(({ operation }) => operation ?? []),
  );
  await db.insert(
    OperationStep,
    made.flatMap(({ steps }) => steps),
  );
  await db.insert(
    CancellationRequest,
    made.flatMap(({ request }) => request ?? []),
  );
  await db.insert(
    ServiceAccount,
    made.flatMap(({ known }) => known),
  );
}

function customerOf(kind: Kind, recipientId: string, index: number) {
  const order = orderOf(kind, recipientId);
  const subscription = kind === 'waiting' ? undefined : subscriptionOf(kind, order, index);
  const operation = subscription && isProvisioned(kind) ? operationOf(kind, subscription) : undefined;
  return {
    order,
    subscription,
    line: lineOf(kind, order, subscription),
    addons:
      subscription && kind === 'done'
        ? ['IC-ADD-1TB', 'IC-ADD-5TB'].map(sku => ({
            subscriptionId: subscription.id,
            addonId: addon(sku),
            quantity: 2,
          }))
        : [],
    operation,
    steps: operation ? stepsOf(kind, operation.id) : [],
    request: subscription && kind === 'done' ? requestOf(subscription, index) : undefined,
    known: [
      { accountId: recipientId, serviceId: STORAGE, state: SyncState.SYNCED, externalId: `x-${index}` },
    ],
  };
}

const isProvisioned = (kind: Kind) => kind === 'failed' || kind === 'done';

function orderOf(kind: Kind, recipientId: string) {
  return {
    id: typeid('ord').toString(),
    version: 1,
    source: isProvisioned(kind) ? OrderSource.STOREFRONT : OrderSource.BSS,
    state: orderStates[kind],
    recipientId,
    resellerId: SKYLINE,
    placedById: userId('manager@bss.example'),
    executedById: isProvisioned(kind) ? userId('sales@skyline.example') : null,
    billing,
    currency: 'EUR',
    totalMinor: 640,
    placedAt: new Date('2026-03-01T00:00:00Z'),
  };
}

function subscriptionOf(kind: Kind, order: ReturnType<typeof orderOf>, index: number) {
  const failed = kind === 'failed';
  return {
    id: typeid('sub').toString(),
    version: 1,
    friendlyName: `Storage ${index}`,
    state: failed ? CloudSubscriptionState.PENDING : CloudSubscriptionState.ACTIVE,
    syncState: failed ? SyncState.FAILED : SyncState.SYNCED,
    accountId: order.recipientId,
    resellerId: SKYLINE,
    serviceId: STORAGE,
    productId: product('IC-BASE-1TB'),
    exclusive: true,
    billingCycle: BillingCycle.MONTHLY,
    quantity: 1,
    currency: 'EUR',
    recurringMinor: 640,
    capacityBytes: 1_000_000_000_000,
    externalId: failed ? null : `sub-${index}`,
    orderId: order.id,
    createdAt: new Date('2026-03-01T00:00:00Z'),
  };
}

type Subscription = ReturnType<typeof subscriptionOf>;

function lineOf(kind: Kind, order: ReturnType<typeof orderOf>, subscription?: Subscription) {
  const adding = kind === 'adding';
  return {
    id: typeid('oln').toString(),
    orderId: order.id,
    position: 0,
    productId: product('IC-BASE-1TB'),
    subscriptionId: subscription && kind !== 'blocked' ? subscription.id : null,
    billingCycle: BillingCycle.MONTHLY,
    quantity: adding ? 0 : 1,
    friendlyName: null,
    addons: adding ? [{ addonId: addon('IC-ADD-1TB'), quantity: 1, unitMinor: 600 }] : [],
    unitMinor: 640,
    totalMinor: 640,
    currency: 'EUR',
  };
}

function operationOf(kind: Kind, { id, accountId: owner, orderId }: Subscription) {
  return {
    id: typeid('op').toString(),
    kind: OperationKind.PROVISION,
    state: kind === 'failed' ? OperationState.FAILED : OperationState.SUCCEEDED,
    orderId,
    subscriptionId: id,
    accountId: owner,
    resellerId: SKYLINE,
    requestedById: userId('sales@skyline.example'),
    provider: 'impossible-cloud',
    addons: [],
    trackId: typeid('trk').toString(),
    position: kind === 'failed' ? 3 : 6,
    token: 1,
    claims: 0,
    createdAt: new Date('2026-03-01T00:00:00Z'),
  };
}

function stepsOf(kind: Kind, operationId: string) {
  return plans.PROVISION.map((name, position) => {
    const stopped = kind === 'failed' && position >= 3;
    return {
      operationId,
      position,
      name,
      state: stopped ? (position === 3 ? StepState.FAILED : StepState.PENDING) : StepState.SUCCEEDED,
      attempts: 1,
      errorCode: stopped && position === 3 ? ProvisioningErrorCode.REJECTED : null,
      errorMessage: stopped && position === 3 ? 'No' : null,
    };
  });
}

function requestOf({ id, accountId: owner }: Subscription, index: number) {
  return {
    id: typeid('can').toString(),
    version: 1,
    state: CancellationRequestState.PENDING,
    subscriptionId: id,
    accountId: owner,
    resellerId: SKYLINE,
    timing: CancellationTiming.IMMEDIATE,
    reason: `Reason ${index}`,
    requestedById: userId('sales@skyline.example'),
    requestedAt: new Date('2026-03-02T00:00:00Z'),
  };
}
