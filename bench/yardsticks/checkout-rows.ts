import {
  type Account,
  type Basket,
  type BasketLine,
  BasketState,
  CloudSubscriptionState,
  OperationKind,
  OperationState,
  OrderSource,
  OrderState,
  StepName,
  StepState,
  SyncState,
} from '../../src/entities';
import { wordsOf } from '../../src/store/search/words';
import { type CheckoutRequest, freshId } from './checkout-request';

/** Properties of a product that an order needs. */
export interface Sold {
  serviceId: string;
  provider: string;
  exclusive: boolean;
}

/** Data read for a checkout. */
export interface Read {
  request: CheckoutRequest;
  basket: Basket;
  line: BasketLine;
  recipient: Account;
  sold: Sold;
}

const STEPS = [
  StepName.CREATE_SUBSCRIPTION,
  StepName.SYNCHRONIZE_RESELLER,
  StepName.IMPORT_CUSTOMER,
  StepName.ASSIGN_LICENSE,
  StepName.ASSIGN_ADDONS,
  StepName.ACTIVATE_SERVICE,
];

/** Rows that a checkout writes, by table, with tables and columns in the order of the gateway. */
export function checkoutRows(read: Read) {
  const { orderId } = read.request;
  const order = orderRow(read);
  const subscription = subscriptionRow(read);
  const operation = operationRow(subscription.id, read);
  return {
    order,
    line: lineRow(subscription.id, read),
    subscription,
    terms: wordsOf(subscription.friendlyName).map(term => ({ kind: 'sub', term, id: subscription.id })),
    operation,
    steps: STEPS.map((name, position) => stepRow(operation.id, position, name)),
    checkedOut: {
      state: BasketState.CHECKED_OUT,
      orderId,
      version: read.basket.version + 1,
      updatedAt: new Date(),
    },
    nextBasket: {
      id: freshId('bkt'),
      userId: read.request.userId,
      state: BasketState.OPEN,
      version: 1,
      recipientId: null,
      confirmedBilling: null,
      billingConfirmedAt: null,
      orderId: null,
      updatedAt: new Date(),
    },
    events: events(subscription.id, operation.id, read),
  };
}

/** Row of an idempotency key and its result. */
export const keyRow = ({ userId, key, fingerprint, orderId }: CheckoutRequest) => ({
  userId,
  mutation: 'checkout',
  idempotencyKey: key,
  fingerprint,
  resultId: orderId,
  createdAt: new Date(),
});

const total = ({ quantity, unitMinor, addons }: BasketLine) =>
  addons.reduce((sum, addon) => sum + addon.quantity * addon.unitMinor, quantity * unitMinor);

const orderRow = ({ request, basket, line, recipient }: Read) => ({
  id: request.orderId,
  version: 1,
  source: OrderSource.STOREFRONT,
  state: OrderState.EXECUTING,
  recipientId: recipient.id,
  resellerId: recipient.resellerId,
  placedById: request.userId,
  executedById: request.userId,
  basketId: basket.id,
  billing: basket.confirmedBilling ?? recipient.billing,
  currency: line.currency,
  totalMinor: total(line),
  retailTotalMinor: null,
  placedAt: new Date(),
  executedAt: new Date(),
  completedAt: null,
  externalReference: null,
  purchaseOrderNumber: null,
  cancelReason: null,
});

const lineRow = (subscriptionId: string, { request, line }: Read) => ({
  id: freshId('oln'),
  position: 0,
  productId: line.productId,
  subscriptionId,
  billingCycle: line.billingCycle,
  quantity: line.quantity,
  addons: line.addons,
  unitMinor: line.unitMinor,
  currency: line.currency,
  orderId: request.orderId,
  friendlyName: line.friendlyName,
  totalMinor: total(line),
  retailUnitMinor: null,
  retailTotalMinor: null,
});

const subscriptionRow = ({ request, line, recipient, sold }: Read) => ({
  id: freshId('sub'),
  version: 1,
  friendlyName: line.friendlyName ?? '',
  state: CloudSubscriptionState.PENDING,
  syncState: SyncState.PENDING,
  accountId: recipient.id,
  resellerId: recipient.resellerId,
  serviceId: sold.serviceId,
  productId: line.productId,
  exclusive: sold.exclusive,
  billingCycle: line.billingCycle,
  quantity: line.quantity,
  currency: line.currency,
  recurringMinor: line.quantity * line.unitMinor,
  retailMinor: null,
  capacityBytes: 0,
  externalId: null,
  externalReference: null,
  orderId: request.orderId,
  currentPeriodEnd: null,
  chargedUntil: null,
  createdAt: new Date(),
  activatedAt: null,
  suspendedAt: null,
  suspensionReason: null,
  cancelledAt: null,
});

const operationRow = (subscriptionId: string, { request, line, recipient, sold }: Read) => ({
  id: freshId('op'),
  kind: OperationKind.PROVISION,
  state: OperationState.PENDING,
  orderId: request.orderId,
  subscriptionId,
  requestId: null,
  changeId: null,
  undoes: null,
  accountId: recipient.id,
  resellerId: recipient.resellerId,
  requestedById: request.userId,
  provider: sold.provider,
  addons: line.addons,
  suspensionReason: null,
  trackId: freshId('trk'),
  position: 0,
  dueAt: new Date(),
  token: 0,
  claims: 0,
  owner: null,
  createdAt: new Date(),
  finishedAt: null,
});

const stepRow = (operationId: string, position: number, name: StepName) => ({
  operationId,
  position,
  name,
  state: StepState.PENDING,
  attempts: 0,
  startedAt: null,
  finishedAt: null,
  nextAttemptAt: null,
  errorCode: null,
  errorMessage: null,
  errorProviderCode: null,
  ticket: null,
});

function events(subscriptionId: string, operationId: string, { request, recipient, line }: Read) {
  const event = (type: string, message: string, about: object, data: Record<string, unknown> = {}) => ({
    type,
    occurredAt: new Date(),
    userId: null,
    accountId: recipient.id,
    resellerId: recipient.resellerId,
    orderId: request.orderId,
    subscriptionId: null,
    operationId: null,
    requestId: null,
    changeId: null,
    message,
    data,
    ...about,
  });
  const { userId } = request;
  return [
    event('order.placed', `An order for ${recipient.name} is placed.`, { userId }),
    event('order.executing', 'The order is executed; its services are being provisioned.', { userId }),
    event('subscription.created', `${line.friendlyName} is ordered.`, { subscriptionId }),
    event(
      'operation.created',
      `${line.friendlyName} is to be provisioned.`,
      { userId, subscriptionId, operationId },
      { operationState: OperationState.PENDING },
    ),
  ];
}
