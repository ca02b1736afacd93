import { defineEnum } from './define-enum';

export const CheckoutStep = defineEnum('CheckoutStep', 'Next step of the checkout of a basket.', {
  BASKET: 'The basket is empty, or a line has a problem.',
  RECIPIENT: 'The recipient has to be chosen.',
  BILLING: 'The billing information has to be confirmed.',
  COMPLETE: 'The basket is ready for checkout.',
});
export type CheckoutStep = keyof typeof CheckoutStep;

/** State of a basket. Not in the schema, which exposes only the open basket. */
export enum BasketState {
  OPEN = 'OPEN',
  CHECKED_OUT = 'CHECKED_OUT',
}

export const OrderSource = defineEnum('OrderSource', 'Source of an order.', {
  STOREFRONT: 'Checkout of a basket, which also executes the order.',
  BSS: 'Order by an account manager on behalf of a customer. It waits for its execution.',
});
export type OrderSource = keyof typeof OrderSource;

export const OrderState = defineEnum('OrderState', 'State of an order.', {
  SUBMITTED: 'Placed, not executed yet.',
  EXECUTING: 'Executed. Its services are being provisioned.',
  COMPLETED: 'Every line is provisioned.',
  PARTIALLY_COMPLETED: 'At least one line is provisioned. The others were abandoned.',
  FAILED: 'At least one line has failed and can be retried or abandoned, or is being undone.',
  CANCELLED: 'Cancelled before its execution, or every line was abandoned.',
});
export type OrderState = keyof typeof OrderState;

export const OrderAction = defineEnum('OrderAction', 'Action on an order.', {
  EXECUTE: '`executeOrder`.',
  CANCEL: '`cancelOrder`.',
  RETRY: '`retryProvisioning` of a failed operation of the order.',
  ABANDON: '`abandonOperation` of a failed operation of the order.',
});
export type OrderAction = keyof typeof OrderAction;
