import { accountId, DEMO_PASSWORD } from '../../../dev/demo-data';
import { demoId } from '../../../dev/demo-data/ids';
import { newKey } from '../../support/shop';

/** Input of `addToBasket` in the story. */
export interface Line {
  productId: string;
  friendlyName: string;
  addons: { addonId: string; quantity: number }[];
}

/** A mutation as the story sees it. */
export interface Done {
  /** Id of what it changed: the basket, or the order. */
  id: string | undefined;
  errors: readonly { message: string }[];
}

/** What a client has to do for the ordering story, in the order of the story. */
export interface Storefront {
  /** Resolves to the access token, which the client sends from then on. */
  signIn(email: string, password: string): Promise<string | null>;
  product(sku: string): Promise<{ id: string; addons: readonly { id: string; sku: string }[] } | null>;
  add(line: Line): Promise<Done>;
  recipients(): Promise<readonly { id: string; name: string }[]>;
  choose(accountId: string): Promise<Done>;
  confirm(): Promise<Done>;
  checkout(basketId: string, idempotencyKey: string): Promise<Done>;
  /** Follows the order to its end; resolves to the last state of its operation. */
  follow(orderId: string): Promise<string>;
  subscriptions(): Promise<readonly { id: string; friendlyName: string; state: string }[]>;
}

/** Plays the story: a reseller orders a backup for an end customer. Resolves to the subscription, as the list has it. */
export async function playStory(shop: Storefront): Promise<{ id: string }> {
  expect(await shop.signIn('sales@skyline.example', DEMO_PASSWORD)).toEqual(expect.any(String));
  const product = await shop.product('IC-BASE-1TB');
  const addon = product?.addons.find(({ sku }) => sku === 'IC-ADD-1TB');
  if (!product || !addon) throw new Error('The product is not sold.');
  expect([product.id, addon.id]).toEqual([demoId('prod', 'IC-BASE-1TB'), demoId('add', 'IC-ADD-1TB')]);

  const addons = [{ addonId: addon.id, quantity: 2 }];
  const basketId = idOf(await shop.add({ productId: product.id, friendlyName: 'Backups', addons }));
  const recipient = (await shop.recipients()).find(({ name }) => name === 'Alpine Dental');
  expect(recipient?.id).toBe(accountId('Alpine Dental'));
  idOf(await shop.choose(accountId('Alpine Dental')));
  expect(idOf(await shop.confirm())).toBe(basketId);
  const orderId = idOf(await shop.checkout(basketId, newKey()));

  expect(await shop.follow(orderId)).toBe('SUCCEEDED');
  const [subscription, ...others] = await shop.subscriptions();
  expect(others).toEqual([]);
  expect(subscription).toMatchObject({ friendlyName: 'Backups', state: 'ACTIVE' });
  return subscription as { id: string };
}

function idOf({ id, errors }: Done): string {
  expect(errors).toEqual([]);
  if (id === undefined) throw new Error('The mutation has answered with neither an object nor an error.');
  return id;
}
