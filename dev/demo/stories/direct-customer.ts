import { checkProvisioned } from '../check-provisioned';
import { endLiveSubscription } from '../end-live-subscription';
import { OperationWatcher } from '../operation-watcher';
import * as documents from '../operations';
import { Shopping } from '../shopping';
import { cents, findAccount, findProduct, MANAGER, price, type Story, terabytes } from '../story';

/** A direct customer orders for itself, without choosing a recipient. */
export const directCustomerStory: Story = {
  title: 'A direct customer orders for itself',
  async play(stage) {
    const { checks } = stage;
    const manager = stage.person(MANAGER);
    await endLiveSubscription(manager, await findAccount(manager, 'Northwind Traders'));
    const buyer = stage.person('buyer@northwind.example');
    const shopping = await Shopping.begin(buyer);
    const product = await findProduct(buyer, 'IC-BASE-5TB');
    const added = await shopping.add(product.id, {
      billingCycle: 'ANNUALLY',
      friendlyName: 'Northwind archive',
    });
    checks.done(`${product.name}, for a year, is in the basket`, shopping.basket, added);
    checks.equal('at the public price', cents(shopping.basket.total), price(product, 'ANNUALLY'));
    checks.equal('the recipient is Northwind itself', shopping.basket.recipient?.name, 'Northwind Traders');
    checks.equal('so the basket waits for billing', shopping.basket.step, 'BILLING');
    const confirmed = await shopping.confirm();
    checks.done('billing and prices are confirmed', shopping.basket.billingConfirmedAt, confirmed);
    const live = await OperationWatcher.open(buyer);
    const placed = await shopping.checkout();
    const order = checks.done('the order is placed', placed.order, placed.errors);
    const subscription = await checkProvisioned(checks, buyer, live, order, 'PROVISION', terabytes(5));
    const reseller = subscription.operations[0]?.steps.find(({ name }) => name === 'SYNCHRONIZE_RESELLER');
    checks.equal('there was no reseller to synchronize', reseller?.state, 'SKIPPED');
    const stranger = stage.person('buyer@contoso.example');
    const seen = await stranger.send(documents.order, { id: order.id });
    checks.equal('the order is not visible to another customer', seen.order, null);
  },
};
