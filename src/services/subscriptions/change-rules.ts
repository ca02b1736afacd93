import type { Addon, PricedUnits, Product } from '../../entities';
import { invalid, notFound, type Path, quantityLimit, simple, type UserError } from '../../errors';
import { MAX_BYTES, MAX_MINOR } from '../ordering/overflow-rules';
import type { ChangeFacts, WantedChange } from './wanted-change';

/** Errors of the wanted product: unknown, not sold, or of another service. */
export function productErrors(
  { subscription, catalog, tariff }: ChangeFacts,
  productId: string | null,
): UserError[] {
  if (productId === null || productId === subscription.productId) return [];
  const path = ['productId'];
  const product = catalog.findProduct(productId);
  if (!product?.published) return [notFound('product', path)];
  const unavailable = (message: string) => [simple('PRODUCT_UNAVAILABLE', message, path)];
  if (product.serviceId !== subscription.serviceId) {
    return unavailable(`${product.name} belongs to another service. Choose a product of the same service.`);
  }
  if (tariff.currency !== subscription.currency) {
    return unavailable(`${product.name} is not sold in ${subscription.currency} any more.`);
  }
  return tariff.pricesOf(product.id).has(subscription.billingCycle)
    ? []
    : unavailable(`${product.name} is not sold ${subscription.billingCycle}. Choose another product.`);
}

/** Errors of the wanted totals: unknown or repeated add-ons, quantities out of bounds, and add-ons that are not sold. */
export function addonTotalErrors(facts: ChangeFacts, wanted: WantedChange): UserError[] {
  const totals = wanted.addons ?? [];
  return totals.flatMap(({ addonId, quantity }, index) => {
    const path = ['addons', index];
    if (totals.findIndex(each => each.addonId === addonId) < index)
      return [invalid([...path, 'addonId'], 'This add-on occurs twice. List every add-on once.')];
    const addon = facts.catalog.findAddon(addonId);
    if (!addon) return [notFound('add-on', [...path, 'addonId'])];
    const held = facts.held.find(each => each.addonId === addonId)?.quantity ?? 0;
    if (quantity === held) return [];
    const bounds = totalError(addon, quantity, [...path, 'quantity']);
    if (bounds) return [bounds];
    return quantity > held ? unsoldErrors(facts, wanted, addon, [...path, 'addonId']) : [];
  });
}

/** ADDON_UNAVAILABLE error of an add-on of which more is wanted. */
function unsoldErrors(
  { subscription, catalog, tariff }: ChangeFacts,
  { productId }: WantedChange,
  addon: Addon,
  path: Path,
): UserError[] {
  const unavailable = (message: string) => [simple('ADDON_UNAVAILABLE', message, path)];
  const product = catalog.findProduct(productId ?? subscription.productId);
  if (product && !product.addons.includes(addon)) {
    return unavailable(`${addon.name} is not sold with ${product.name}.`);
  }
  const isPriced = tariff.pricesOf(addon.id).has(subscription.billingCycle);
  return isPriced && tariff.currency === subscription.currency
    ? []
    : unavailable(`${addon.name} is not sold ${subscription.billingCycle} in ${subscription.currency}.`);
}

/** QUANTITY_LIMIT error of a total that is neither 0 nor within the bounds of the add-on. */
function totalError({ name, minQuantity, maxQuantity }: Addon, quantity: number, path: Path) {
  const isWithin = quantity >= minQuantity && (maxQuantity === null || quantity <= maxQuantity);
  if (quantity === 0 || isWithin) return null;
  const bounds = maxQuantity === null ? `at least ${minQuantity}` : `${minQuantity} to ${maxQuantity}`;
  return quantityLimit(`A subscription can hold ${bounds} of ${name}, or 0 to end it.`, path, 0, maxQuantity);
}

/** Errors of held add-ons that do not fit another product and are not ended with the change. */
export function staleAddonErrors(
  { subscription, held, catalog }: ChangeFacts,
  product: Product,
  { addons }: WantedChange,
): UserError[] {
  if (product.id === subscription.productId) return [];
  const fits = new Set(catalog.assignedAddonsOf(product.id).map(({ id }) => id));
  return held.flatMap(({ addonId }) => {
    const isEnded = addons?.some(each => each.addonId === addonId && each.quantity === 0);
    if (isEnded || fits.has(addonId)) return [];
    const { name } = catalog.addon(addonId);
    return [
      simple('ADDON_UNAVAILABLE', `${name} is not sold with ${product.name}. Set it to 0 in \`addons\`.`, [
        'productId',
      ]),
    ];
  });
}

/**
 * Maximum units of one item that a change adds. An end customer requests changes too: without this bound, the quantity
 * from which the amount cannot be counted would tell it what a unit costs.
 */
const MAX_UNITS = 1_000_000;

/** Errors of contents that are more than can be counted. */
export function sizeErrors(
  { lots }: ChangeFacts,
  wanted: WantedChange,
  bytes: number,
  added: readonly PricedUnits[],
): UserError[] {
  const minor = [...lots, ...added].reduce((sum, { quantity, unitMinor }) => sum + quantity * unitMinor, 0);
  const isCountable = bytes <= MAX_BYTES && minor <= MAX_MINOR;
  if (isCountable && added.every(({ quantity }) => quantity <= MAX_UNITS)) return [];
  return [
    invalid(wanted.addons?.length ? ['addons'] : ['productId'], 'This is more than a subscription can hold.'),
  ];
}
