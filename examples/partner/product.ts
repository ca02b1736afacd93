import { send } from './gateway';
import { type AddToBasketInput, FindProductDocument } from './generated';
import type { SalesOrder } from './sales-order';

/** Finds the product and the add-ons of a line by their SKUs. */
export async function findProduct(line: SalesOrder['lines'][number]): Promise<AddToBasketInput> {
  const { product } = await send(FindProductDocument, { sku: line.sku });
  if (!product) throw new Error(`${line.sku} is not sold.`);
  const addons = line.addons.map(({ sku, quantity }) => {
    const addon = product.addons.find(one => one.sku === sku);
    if (!addon) throw new Error(`${sku} is not sold with ${line.sku}.`);
    return { addonId: addon.id, quantity };
  });
  return { productId: product.id, friendlyName: line.name, quantity: line.quantity ?? 1, addons };
}
