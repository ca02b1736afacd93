import { defineEnum } from './define-enum';

export const CheckoutStep = defineEnum(
  'CheckoutStep',
  'The step of the checkout that the basket waits for.',
  {
    BASKET: 'Empty, or a line needs attention.',
    RECIPIENT: 'Whom the services are for.',
    BILLING: 'Billing information to be confirmed.',
    COMPLETE: 'Ready for checkout.',
  },
);
export type CheckoutStep = keyof typeof CheckoutStep;

/** State of a basket. Not in the schema, which exposes only the open basket. */
export enum BasketState {
  OPEN = 'OPEN',
  CHECKED_OUT = 'CHECKED_OUT',
}

export const OrderSource = defineEnum('OrderSource', 'Where an order was placed.', {
  STOREFRONT: 'By checkout of a basket; executed with it.',
  BSS: 'By an account manager on behalf of a customer; waits to be executed.',
});
export type OrderSource = keyof typeof OrderSource;

export const OrderState = defineEnum('OrderState', 'What became of an order.', {
  SUBMITTED: 'Placed, not executed.',
  EXECUTING: 'Executed: its services are being provisioned.',
  COMPLETED: 'Every line is provisioned.',
  FAILED: 'Some line failed; it can be retried.',
  CANCELLED: 'Withdrawn before execution.',
});
export type OrderState = keyof typeof OrderState;

export const OrderAction = defineEnum('OrderAction', 'What can be done to an order.', {
  EXECUTE: '`executeOrder`.',
  CANCEL: '`cancelOrder`.',
  RETRY: '`retryProvisioning` of a failed operation of the order.',
});
export type OrderAction = keyof typeof OrderAction;
