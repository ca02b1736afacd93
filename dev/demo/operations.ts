import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationRequest, ProvisioningOperation, TypedDocument } from '../../client';
import type {
  Account,
  Basket,
  Category,
  Order,
  Payload,
  Product,
  Subscription,
  SubscriptionDetails,
} from './types';

// Seen from dist/dev/demo.
const FOLDER = join(__dirname, '../../../schema/operations');
const files = readdirSync(FOLDER);

/** Reads a document of schema/operations, as any client would send it. */
function operation<Data, Variables = Record<string, never>>(name: string): TypedDocument<Data, Variables> {
  const file = files.find(candidate => candidate.replace(/^\d+-/, '') === `${name}.graphql`);
  if (!file) throw new Error(`schema/operations has no ${name}.graphql`);
  return readFileSync(join(FOLDER, file), 'utf8');
}

type Nodes<T> = { nodes: T[] };
type Line = { addons?: { addonId: string; quantity: number }[]; quantity?: number; friendlyName?: string };
type Versioned = { expectedVersion: number };
type BasketPayload = Payload<'basket', Basket>;
type OrderPayload = Payload<'order', Order>;
type RequestPayload = Payload<'cancellationRequest', CancellationRequest>;

export const viewer = operation<{ viewer: { name: string; account: Account | null } }>('viewer');
export const catalog = operation<{ categories: Category[] }>('catalog');
export const product = operation<{ product: Product | null }, { sku: string }>('product');
export const accounts = operation<{ accounts: Nodes<Account> }, { filter: { search: string } }>('accounts');

export const basket = operation<{ basket: Basket }>('basket');
export const recipients = operation<{ basket: { recipients: Nodes<Account> } }>('recipients');
export const emptyBasket = operation<{ emptyBasket: BasketPayload }>('empty-basket');
export const addToBasket = operation<
  { addToBasket: BasketPayload },
  { input: Line & Versioned & { productId: string; billingCycle?: string } }
>('add-to-basket');
export const addAddonsToBasket = operation<
  { addToBasket: BasketPayload },
  Versioned & { subscriptionId: string; addons: { addonId: string; quantity: number }[] }
>('add-addons-to-basket');
export const chooseRecipient = operation<
  { chooseRecipient: BasketPayload },
  { input: Versioned & { accountId: string } }
>('choose-recipient');
export const confirmBilling = operation<{ confirmBilling: BasketPayload }, { input: Versioned }>(
  'confirm-billing',
);

type Keyed<Input> = { input: Input & { idempotencyKey: string } };
export const checkout = operation<{ checkout: OrderPayload }, Keyed<{ basketId: string }>>('checkout');
export const placeOrder = operation<
  { placeOrder: OrderPayload },
  Keyed<{ recipientId: string; lines: (Line & { productId: string })[] }>
>('place-order');
export const executeOrder = operation<{ executeOrder: OrderPayload }, Keyed<{ orderId: string }>>(
  'execute-order',
);
export const order = operation<{ order: Order | null }, { id: string }>('order');

export const subscriptions = operation<
  { subscriptions: Nodes<Subscription> },
  { filter: { accountId: string; states: string[] } }
>('subscriptions');
export const subscription = operation<{ subscription: SubscriptionDetails | null }, { id: string }>(
  'subscription',
);
export const requestCancellation = operation<
  { requestCancellation: RequestPayload },
  Keyed<{ subscriptionId: string; reason?: string }>
>('request-cancellation');
export const withdrawCancellation = operation<
  { withdrawCancellation: RequestPayload },
  { input: { requestId: string } }
>('withdraw-cancellation');
export const decideCancellation = operation<
  { decideCancellation: RequestPayload },
  Keyed<{ requestId: string; decision: 'ACCEPT' | 'REJECT'; note?: string }>
>('decide-cancellation');
export const cancellationRequests = operation<
  { cancellationRequests: Nodes<CancellationRequest> },
  { filter: { states: string[] } }
>('cancellation-requests');
export const retryProvisioning = operation<
  { retryProvisioning: Payload<'operation', ProvisioningOperation> },
  Keyed<{ operationId: string }>
>('retry-provisioning');
