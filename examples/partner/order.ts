import { again } from './again';
import { order } from './basket';
import { copyOf, keep } from './books';
import { findOrCreateCustomer } from './customer';
import { send } from './gateway';
import { FindOrderDocument, type OrderFieldsFragment, SetReferenceDocument } from './generated';
import { accepted, Refused } from './refused';
import { readSalesOrder, type SalesOrder } from './sales-order';

/** Orders a sales order of the ERP. A repeated run creates nothing twice and completes what is missing. */
export async function orderCommand([path]: string[]): Promise<void> {
  if (!path) throw new Error('Name the file of a sales order.');
  const sales = readSalesOrder(path);
  const placed = await again(() => findOrPlace(sales));
  await nameSubscriptions(sales.number, placed);
  await keepCopies(sales.number);
}

async function findOrPlace(sales: SalesOrder): Promise<OrderFieldsFragment> {
  const accountId = await findOrCreateCustomer(sales.customer);
  const before = await findOrder(sales.number);
  const placed = before ?? (await place(sales, accountId));
  console.log(`${before ? 'found' : 'placed'} order ${sales.number}: ${placed.number} ${placed.id}`);
  return placed;
}

/** Places the order. If it was refused because another run has just placed it, returns that one. */
async function place(sales: SalesOrder, accountId: string): Promise<OrderFieldsFragment> {
  try {
    return await order(sales, accountId);
  } catch (error) {
    const meanwhile = error instanceof Refused && (await findOrder(sales.number));
    if (meanwhile) return meanwhile;
    throw error;
  }
}

async function findOrder(reference: string): Promise<OrderFieldsFragment | undefined> {
  const { orders } = await send(FindOrderDocument, { reference });
  return orders.nodes[0];
}

/** Gives each subscription the number of its line. */
async function nameSubscriptions(number: string, { lines }: OrderFieldsFragment): Promise<void> {
  for (const [index, { subscription }] of lines.entries()) {
    if (!subscription || subscription.externalReference) continue;
    const reference = `${number}/${index + 1}`;
    const { setExternalReference } = await send(SetReferenceDocument, { id: subscription.id, reference });
    accepted(setExternalReference, 'errors');
  }
}

async function keepCopies(reference: string): Promise<void> {
  const placed = await findOrder(reference);
  if (!placed) return;
  keep(copyOf(placed));
  for (const { subscription } of placed.lines) if (subscription) keep(copyOf(subscription));
}
