import { registerEnum } from './register-enum';

export enum CheckoutStep {
  BASKET = 'BASKET',
  RECIPIENT = 'RECIPIENT',
  BILLING = 'BILLING',
  COMPLETE = 'COMPLETE',
}
registerEnum('CheckoutStep', CheckoutStep, 'The step of the checkout that the basket waits for.', {
  BASKET: 'Empty, or a line needs attention.',
  RECIPIENT: 'Whom the services are for.',
  BILLING: 'Billing information to be confirmed.',
  COMPLETE: 'Ready for checkout.',
});

/** State of a basket. Not in the schema, which exposes only the open basket. */
export enum BasketState {
  OPEN = 'OPEN',
  CHECKED_OUT = 'CHECKED_OUT',
}

export enum OrderSource {
  STOREFRONT = 'STOREFRONT',
  BSS = 'BSS',
}
registerEnum('OrderSource', OrderSource, 'Where an order was placed.', {
  STOREFRONT: 'By checkout of a basket; executed with it.',
  BSS: 'By an account manager on behalf of a customer; waits to be executed.',
});

export enum OrderState {
  SUBMITTED = 'SUBMITTED',
  EXECUTING = 'EXECUTING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnum('OrderState', OrderState, 'What became of an order.', {
  SUBMITTED: 'Placed, not executed.',
  EXECUTING: 'Executed: its services are being provisioned.',
  COMPLETED: 'Every line is provisioned.',
  FAILED: 'Some line failed; it can be retried.',
  CANCELLED: 'Withdrawn before execution.',
});

export enum OrderAction {
  EXECUTE = 'EXECUTE',
  CANCEL = 'CANCEL',
  RETRY = 'RETRY',
}
registerEnum('OrderAction', OrderAction, 'What can be done to an order.', {
  EXECUTE: '`executeOrder`.',
  CANCEL: '`cancelOrder`.',
  RETRY: '`retryProvisioning` of a failed operation of the order.',
});
