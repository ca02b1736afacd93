import { checkProvisioned } from '../check-provisioned';
import type { DemoUser } from '../demo-user';
import { endLiveSubscription } from '../end-live-subscription';
import { OperationWatcher } from '../operation-watcher';
import * as documents from '../operations';
import { Shopping } from '../shopping';
import { findAccount, findProduct, MANAGER, type Story, type StoryContext, terabytes } from '../story';
import type { Account, Product } from '../types';
import { cancellation } from './cancellation';

/** An account manager orders for a customer, who buys more, cancels, and orders again. */
export const backOfficeStory: Story = {
  title: 'An account manager orders for a customer; the customer buys more, cancels and orders again',
  async play(stage) {
    const manager = stage.person(MANAGER);
    const buyer = stage.person('buyer@contoso.example');
    const contoso = await findAccount(manager, 'Contoso');
    await endLiveSubscription(manager, contoso);
    await Shopping.begin(buyer);
    const product = await findProduct(buyer, 'IC-BASE-1TB');
    const subscriptionId = await placeAndExecute(stage, manager, contoso, product);
    await buyMore(stage, buyer, subscriptionId, product);
    await cancellation(stage, buyer, manager, subscriptionId);
    await orderAgain(stage, buyer, product);
  },
};

async function placeAndExecute(
  { checks }: StoryContext,
  manager: DemoUser,
  contoso: Account,
  product: Product,
) {
  const placed = await manager.keyed(documents.placeOrder, {
    recipientId: contoso.id,
    lines: [{ productId: product.id, friendlyName: 'Contoso storage' }],
  });
  const order = checks.done(`an order for ${contoso.name} is placed in the BSS`, placed.order, placed.errors);
  checks.equal('it is submitted, without operations', [order.state, order.operations], ['SUBMITTED', []]);
  checks.equal('it has no subscription yet', order.lines[0]?.subscription, null);
  const live = await OperationWatcher.open(manager);
  const executed = await manager.keyed(documents.executeOrder, { orderId: order.id });
  checks.done('the account manager executes it', executed.order, executed.errors);
  return (await checkProvisioned(checks, manager, live, order, 'PROVISION', terabytes(1))).id;
}

async function buyMore({ checks }: StoryContext, buyer: DemoUser, subscriptionId: string, product: Product) {
  const shopping = await Shopping.begin(buyer);
  const addon = product.addons.find(({ sku }) => sku === 'IC-ADD-5TB');
  const errors = await shopping.addFor(subscriptionId, [{ addonId: addon?.id ?? '', quantity: 1 }]);
  checks.done(`${addon?.name} for the subscription is in the basket`, shopping.basket, errors);
  const confirmed = await shopping.confirm();
  checks.done('billing and prices are confirmed', shopping.basket.billingConfirmedAt, confirmed);
  const live = await OperationWatcher.open(buyer);
  const placed = await shopping.checkout();
  const order = checks.done('the add-on is ordered', placed.order, placed.errors);
  await checkProvisioned(checks, buyer, live, order, 'ADD_ADDONS', terabytes(6));
}

async function orderAgain({ checks }: StoryContext, buyer: DemoUser, product: Product): Promise<void> {
  const shopping = await Shopping.begin(buyer);
  const errors = await shopping.add(product.id, { friendlyName: 'Contoso storage, again' });
  checks.done('the customer can order again', shopping.basket, errors);
  await shopping.confirm();
  const live = await OperationWatcher.open(buyer);
  const placed = await shopping.checkout();
  const order = checks.done('the order is placed', placed.order, placed.errors);
  await checkProvisioned(checks, buyer, live, order, 'PROVISION', terabytes(1));
}
