import { randomUUID } from 'node:crypto';
import { send } from './gateway';
import {
  AddLineDocument,
  CheckoutDocument,
  ChooseRecipientDocument,
  ConfirmBillingDocument,
  EmptyBasketDocument,
  type OrderFieldsFragment,
} from './generated';
import { findProduct } from './product';
import { accepted, Refused } from './refused';
import type { SalesOrder } from './sales-order';

const MAX_CONFIRMATIONS = 3;

/** Orders the lines of a sales order for an account. */
export async function order(sales: SalesOrder, accountId: string): Promise<OrderFieldsFragment> {
  await fillBasket(sales, accountId);
  for (let attempt = 1; ; attempt += 1) {
    const basket = await confirm(sales);
    const { checkout } = await send(CheckoutDocument, {
      input: {
        basketId: basket.id,
        // Somebody else with this user's basket cannot change what we buy.
        expectedVersion: basket.version,
        idempotencyKey: `order ${sales.number}`,
        externalReference: sales.number,
        purchaseOrderNumber: sales.purchaseOrderNumber ?? null,
      },
    });
    const priceChanged = checkout.errors.some(({ code }) => code === 'PRICE_CHANGED');
    if (!priceChanged || attempt === MAX_CONFIRMATIONS) return accepted(checkout, 'order');
  }
}

/** Empties the basket first: a run that was interrupted has left its lines in it. */
async function fillBasket({ lines }: SalesOrder, accountId: string): Promise<void> {
  const { emptyBasket } = await send(EmptyBasketDocument, {});
  accepted(emptyBasket, 'errors');
  for (const line of lines) {
    // A new key for each filling. With a key of the sales order, a second run would get the first answer and no line.
    const input = { ...(await findProduct(line)), idempotencyKey: randomUUID() };
    const { addToBasket } = await send(AddLineDocument, { input });
    accepted(addToBasket, 'errors');
  }
  const { chooseRecipient } = await send(ChooseRecipientDocument, { accountId });
  accepted(chooseRecipient, 'errors');
}

/** Confirms the billing details and the prices of today, unless they exceed the agreed amount. */
async function confirm({ agreed }: SalesOrder) {
  const { confirmBilling } = await send(ConfirmBillingDocument, {});
  const basket = accepted(confirmBilling, 'basket');
  if (basket.problems.length > 0) throw new Refused(basket.problems);
  const { amount, currency } = basket.total;
  console.log(`price: ${amount} ${currency}`);
  if (currency !== agreed.currency || Number(amount) > Number(agreed.amount)) {
    throw new Error(
      `The price is ${amount} ${currency}, and ${agreed.amount} ${agreed.currency} were agreed.`,
    );
  }
  return basket;
}
