import { typeid } from 'typeid-js';
import { license } from '../../support/desk';
import { insist } from '../../support/insist';
import { ERRORS } from '../../support/shop';
import type { Lab } from './lab';

/** Works through `items`, so many at once. */
export async function atOnce<T>(
  many: number,
  items: readonly T[],
  work: (item: T, nth: number) => Promise<unknown>,
): Promise<void> {
  const left = [...items.entries()];
  const line = async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: many }, line));
}

/** A new user of `customer` with a basket that waits for checkout at `url`; gives what checks it out. */
export async function own(lab: Lab, url: string, customer: { id: string }) {
  const [user, basket] = [typeid('usr').toString(), typeid('bkt').toString()];
  await lab.rows(
    `INSERT INTO users (id, name, email, roles, accountId, passwordHash) VALUES (?, 'Buyer', ?, '["CUSTOMER"]', ?, '')`,
    [user, `${user}@desk.example`, customer.id],
  );
  await lab.rows(
    `INSERT INTO baskets (id, userId, state, version, updatedAt) VALUES (?, ?, 'OPEN', 1, NOW(3))`,
    [basket, user],
  );
  const token = await lab.token(user);
  await lab.everywhere();
  const call = async (field: string, type: string, input: object, selection: string) => {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} ${ERRORS} } }`;
    return (await insist(url, token, document, { input }))[field];
  };
  const added = await call('addToBasket', 'AddToBasketInput', license('Backups'), 'basket { id }');
  const confirmed = await call('confirmBilling', 'ConfirmBillingInput', {}, 'basket { id step }');
  expect([added.errors, confirmed.errors, confirmed.basket.step]).toEqual([[], [], 'COMPLETE']);
  return (idempotencyKey: string) =>
    call('checkout', 'CheckoutInput', { basketId: basket, idempotencyKey }, 'order { id }');
}
