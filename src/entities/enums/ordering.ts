import { registerEnum } from './register-enum';

export enum CheckoutStep {
  BASKET = 'BASKET',
  RECIPIENT = 'RECIPIENT',
  BILLING = 'BILLING',
  COMPLETE = 'COMPLETE',
}
registerEnum('CheckoutStep', CheckoutStep, 'Next step of the checkout of a basket.', {
  BASKET: 'The basket is empty, or a line has a problem.',
  RECIPIENT: 'The recipient has to be chosen.',
  BILLING: 'The billing information has to be confirmed.',
  COMPLETE: 'The basket is ready for checkout.',
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
registerEnum('OrderSource', OrderSource, 'Source of an order.', {
  STOREFRONT: 'Checkout of a basket, which also executes the order.',
  BSS: 'Order by an account manager on behalf of a customer. It waits for its execution.',
});

export enum OrderState {
  SUBMITTED = 'SUBMITTED',
  EXECUTING = 'EXECUTING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnum('OrderState', OrderState, 'State of an order.', {
  SUBMITTED: 'Placed, not executed yet.',
  EXECUTING: 'Executed. Its services are being provisioned.',
  COMPLETED: 'Every line is provisioned.',
  FAILED: 'At least one line has failed and can be retried.',
  CANCELLED: 'Cancelled before its execution.',
});

export enum OrderAction {
  EXECUTE = 'EXECUTE',
  CANCEL = 'CANCEL',
  RETRY = 'RETRY',
}
registerEnum('OrderAction', OrderAction, 'Action on an order.', {
  EXECUTE: '`executeOrder`.',
  CANCEL: '`cancelOrder`.',
  RETRY: '`retryProvisioning` of a failed operation of the order.',
});
