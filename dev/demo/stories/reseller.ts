import { randomUUID } from 'node:crypto';
import { checkProvisioned } from '../check-provisioned';
import { endLiveSubscription } from '../end-live-subscription';
import { OperationWatcher } from '../operation-watcher';
import * as documents from '../operations';
import { Shopping } from '../shopping';
import {
  cents,
  findAccount,
  findProduct,
  MANAGER,
  price,
  type Story,
  type StoryContext,
  terabytes,
} from '../story';
import type { Account, Product } from '../types';

const RECIPIENT = 'Alpine Dental';
const ADDONS = 2;

/** A reseller orders for an end customer, from the storefront. */
export const resellerStory: Story = {
  title: 'A reseller orders for its end customer, from the storefront',
  async play(stage) {
    const reseller = stage.person('sales@skyline.example');
    const manager = stage.person(MANAGER);
    const alpine = await findAccount(manager, RECIPIENT);
    await endLiveSubscription(manager, alpine);
    const shopping = await Shopping.begin(reseller);
    const product = await browse(stage, shopping);
    await fillBasket(stage, shopping, product);
    await chooseRecipient(stage, shopping, alpine);
    await checkOut(stage, shopping);
    await secondIsRefused(stage, shopping, product, alpine);
  },
};

async function browse({ checks, publicCatalog }: StoryContext, { person }: Shopping): Promise<Product> {
  const { categories } = await person.send(documents.catalog, {});
  const products = categories.find(({ slug }) => slug === 'impossible-cloud')?.products.nodes ?? [];
  checks.equal(
    'the category Impossible Cloud shows three products',
    products.map(({ sku }) => sku),
    ['IC-BASE-1TB', 'IC-BASE-5TB', 'IC-BASE-10TB'],
  );
  checks.that(
    'each has add-ons',
    products.every(({ addons }) => addons.length > 0),
  );
  checks.that(
    'the reseller prices are below the public prices',
    products.every(({ sku, prices }) => price({ prices }) < price(publicCatalog.find(p => p.sku === sku))),
  );
  return findProduct(person, 'IC-BASE-1TB');
}

async function fillBasket({ checks }: StoryContext, shopping: Shopping, product: Product): Promise<void> {
  checks.refused('two licenses', await shopping.add(product.id, { quantity: 2 }), 'QUANTITY_LIMIT');
  checks.equal('the basket stays empty', shopping.basket.lines, []);
  const [addon] = product.addons;
  const addons = addon ? [{ addonId: addon.id, quantity: ADDONS }] : [];
  const errors = await shopping.add(product.id, { friendlyName: 'Alpine backups', addons });
  checks.done(`${product.name} with ${ADDONS} × ${addon?.name} is in the basket`, shopping.basket, errors);
  checks.equal(
    'its total is the sum of the catalog prices',
    cents(shopping.basket.total),
    price(product) + ADDONS * price(addon),
  );
  checks.refused('a second license beside it', await shopping.add(product.id), 'DUPLICATE_SERVICE_IN_BASKET');
  checks.equal('the basket waits for the recipient', shopping.basket.step, 'RECIPIENT');
}

async function chooseRecipient({ checks }: StoryContext, shopping: Shopping, alpine: Account): Promise<void> {
  const { person } = shopping;
  const { basket } = await person.send(documents.recipients, {});
  const names = basket.recipients.nodes.map(({ name }) => name);
  checks.equal('it can order for its end customers and affiliates', names, [
    'Alpine Dental',
    'Birch Legal',
    'Cedar Foods',
    'Skyline Labs',
  ]);
  const { viewer } = await person.send(documents.viewer, {});
  const forSelf = await shopping.choose(viewer.account?.id ?? '');
  checks.refused('the reseller itself as recipient', forSelf, 'RESELLER_CANNOT_ORDER_FOR_SELF');
  const errors = await shopping.choose(alpine.id);
  checks.done(`the recipient is ${alpine.name}`, shopping.basket.recipient, errors);
  checks.refused('a checkout without billing', (await shopping.checkout()).errors, 'BILLING_NOT_CONFIRMED');
}

async function checkOut({ checks }: StoryContext, shopping: Shopping): Promise<void> {
  const errors = await shopping.confirm();
  checks.done('billing and prices are confirmed', shopping.basket.billingConfirmedAt, errors);
  checks.equal(
    'the basket is complete and has no problems',
    [shopping.basket.step, shopping.basket.problems],
    ['COMPLETE', []],
  );
  const live = await OperationWatcher.open(shopping.person);
  const key = randomUUID();
  const placed = await shopping.checkout(key);
  const order = checks.done('the order is placed', placed.order, placed.errors);
  checks.equal('its total is that of the basket', order.total, shopping.basket.total);
  checks.equal('the same key returns the same order', (await shopping.checkout(key)).order?.id, order.id);
  await checkProvisioned(checks, shopping.person, live, order, 'PROVISION', terabytes(1 + ADDONS));
}

async function secondIsRefused(
  { checks }: StoryContext,
  { person }: Shopping,
  product: Product,
  alpine: Account,
): Promise<void> {
  const shopping = await Shopping.begin(person);
  checks.done('the same product goes into a new basket', shopping.basket, await shopping.add(product.id));
  checks.done(`for ${alpine.name} again`, shopping.basket, await shopping.choose(alpine.id));
  await shopping.confirm();
  const { errors } = await shopping.checkout();
  checks.refused('a second subscription', errors, 'ACTIVE_SUBSCRIPTION_EXISTS');
  checks.that(
    'the basket reported the problem before the checkout',
    shopping.basket.problems.some(({ code }) => code === 'ACTIVE_SUBSCRIPTION_EXISTS'),
    shopping.basket.problems,
  );
  await Shopping.begin(person);
}
