import { send } from './gateway';
import { CreateCustomerDocument, FindCustomerDocument } from './generated';
import { accepted } from './refused';
import type { SalesOrder } from './sales-order';

/**
 * Returns the id of the account of a customer, and creates it if there is none.
 *
 * The reference finds the account for as long as it exists. The idempotency key covers the seconds in which it does not exist
 * yet: a repeat after a lost answer, or a second process.
 */
export async function findOrCreateCustomer(customer: SalesOrder['customer']): Promise<string> {
  const { number, name, email, billing } = customer;
  const { accounts } = await send(FindCustomerDocument, { reference: number });
  const [found] = accounts.nodes;
  if (found) return found.id;
  const { createAccount } = await send(CreateCustomerDocument, {
    input: {
      kind: 'CUSTOMER',
      name,
      email,
      billing,
      externalReference: number,
      idempotencyKey: `customer ${number}`,
    },
  });
  const { id } = accepted(createAccount, 'account');
  console.log(`created customer ${number}: ${id}`);
  return id;
}
