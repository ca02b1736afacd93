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

/**
 * Orders the lines of a sales order for an account.
 *
 * A user has one basket, so another program of the same user can change it between two steps. Each step names the version
 * that the step before has left, and fails with VERSION_CONFLICT if there is another one.
 */
export async function order(sales: SalesOrder, accountId: string): Promise<OrderFieldsFragment> {
  const filled = await fillBasket(sales);
  const { chooseRecipient } = await send(ChooseRecipientDocument, { accountId, expectedVersion: filled });
  const { version } = accepted(chooseRecipient, 'basket');
  const basket = await confirm(sales, version);
  const { checkout } = await send(CheckoutDocument, {
    input: {
      basketId: basket.id,
      expectedVersion: basket.version,
      idempotencyKey: `order ${sales.number}`,
      externalReference: sales.number,
      purchaseOrderNumber: sales.purchaseOrderNumber ?? null,
    },
  });
  return accepted(checkout, 'order');
}

/** Empties the basket first: a run that was interrupted has left its lines in it. Resolves to the version. */
async function fillBasket({ lines }: SalesOrder): Promise<number> {
  const { emptyBasket } = await send(EmptyBasketDocument, {});
  let { version } = accepted(emptyBasket, 'basket');
  for (const line of lines) {
    const { addToBasket } = await send(AddLineDocument, {
      input: {
        ...(await findProduct(line)),
        expectedVersion: version,
        // A new key for each filling. With the number of the sales order, a second run would get the first answer and no line.
        idempotencyKey: randomUUID(),
      },
    });
    ({ version } = accepted(addToBasket, 'basket'));
  }
  return version;
}

/** Confirms the billing details and the prices of today, unless they exceed the agreed amount. */
async function confirm({ agreed }: SalesOrder, expectedVersion: number) {
  const { confirmBilling } = await send(ConfirmBillingDocument, { expectedVersion });
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
