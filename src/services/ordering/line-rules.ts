import type { CatalogSnapshot, Tariff } from '../../catalog';
import type { Addon, Product } from '../../entities';
import { invalid, notFound, type Path, quantityLimit, simple, type UserError } from '../../errors';
import { buyAddonsError } from '../subscriptions/subscription-rules';
import type { AddonQuantity, DraftLine, Facts, Target } from './draft';
import { overflowErrors } from './overflow-rules';

/** Errors of one line, with paths below `at`. The same rules at basket, order and execution. */
export function lineErrors(line: DraftLine, facts: Facts, at: Path): UserError[] {
  const errors =
    line.subscriptionId === null ? newLineErrors(line, facts, at) : addonLineErrors(line, facts, at);
  return errors.length > 0 ? errors : overflowErrors(line, facts, at);
}

/** Errors of a line that adds add-ons to a subscription. */
function addonLineErrors(line: DraftLine, facts: Facts, at: Path): UserError[] {
  const target = facts.targets.get(line.subscriptionId ?? '');
  if (!target) return [notFound('subscription', [...at, 'subscriptionId'])];
  const blocked = buyAddonsError(target, [...at, 'subscriptionId']);
  return [...(blocked ? [blocked] : []), ...addonErrors(line, facts, at, target)];
}

function newLineErrors(line: DraftLine, facts: Facts, at: Path): UserError[] {
  const { catalog, tariff } = facts;
  const product = catalog.findProduct(line.productId);
  if (!product) return [notFound('product', [...at, 'productId'])];
  return [
    ...saleErrors(product, line, tariff, at),
    ...licenseErrors(product, line.quantity, catalog, at),
    ...addonErrors(line, facts, at),
  ];
}

function saleErrors(product: Product, line: DraftLine, tariff: Tariff, at: Path): UserError[] {
  if (!product.published) {
    return [
      simple('PRODUCT_UNAVAILABLE', `${product.name} is no longer sold. Remove the line.`, [
        ...at,
        'productId',
      ]),
    ];
  }
  const prices = tariff.pricesOf(product.id);
  if (prices.has(line.billingCycle)) return [];
  const cycles = [...prices.keys()].join(', ');
  return [
    simple(
      'PRODUCT_UNAVAILABLE',
      cycles === ''
        ? `${product.name} has no price on your price list. Remove the line.`
        : `${product.name} is not sold ${line.billingCycle}. Choose one of ${cycles}.`,
      [...at, cycles === '' ? 'productId' : 'billingCycle'],
    ),
  ];
}

function licenseErrors(product: Product, quantity: number, catalog: CatalogSnapshot, at: Path): UserError[] {
  const most = catalog.service(product.serviceId).quantityLimit;
  if (quantity >= 1 && (most === null || quantity <= most)) return [];
  const allowed =
    most === null ? 'at least one license' : `${most === 1 ? 'one license' : `1 to ${most} licenses`}`;
  return [
    quantityLimit(
      `${product.name} can be ordered with ${allowed} on one line. Change the quantity.`,
      [...at, 'quantity'],
      1,
      most,
    ),
  ];
}

function addonErrors(line: DraftLine, { catalog, tariff }: Facts, at: Path, target?: Target): UserError[] {
  const { addons } = line;
  if (target && addons.length === 0) {
    return [
      invalid([...at, 'addons'], 'The add-ons are missing. List at least one add-on for the subscription.'),
    ];
  }
  const seen = new Set<string>();
  return addons.flatMap((wanted, index) => {
    const path = [...at, 'addons', index];
    if (seen.has(wanted.addonId))
      return [invalid([...path, 'addonId'], 'This add-on occurs twice. List every add-on once.')];
    seen.add(wanted.addonId);
    const addon = catalog.findAddon(wanted.addonId);
    if (!addon) return [notFound('add-on', [...path, 'addonId'])];
    const unfit = unfitReason(addon, line, catalog, tariff);
    if (unfit) return [simple('ADDON_UNAVAILABLE', unfit, [...path, 'addonId'])];
    return unitErrors(addon, wanted, target?.held.get(addon.id) ?? 0, path);
  });
}

function unfitReason(
  addon: Addon,
  line: DraftLine,
  catalog: CatalogSnapshot,
  tariff: Tariff,
): string | undefined {
  const product = catalog.product(line.productId);
  if (!product.addons.some(({ id }) => id === addon.id)) {
    return `${addon.name} is not sold with ${product.name}.`;
  }
  if (!tariff.pricesOf(addon.id).has(line.billingCycle)) {
    return `${addon.name} is not sold ${line.billingCycle}.`;
  }
  return undefined;
}

function unitErrors(addon: Addon, { quantity }: AddonQuantity, held: number, path: Path): UserError[] {
  const { minQuantity, maxQuantity, name } = addon;
  const most = maxQuantity === null ? null : Math.max(0, maxQuantity - held);
  if (quantity >= minQuantity && (most === null || quantity <= most)) return [];
  const bounds = most === null ? `at least ${minQuantity}` : `${minQuantity} to ${most}`;
  const already = held > 0 ? ` It holds ${held} already.` : '';
  return [
    quantityLimit(
      `${name} can be ordered in a quantity of ${bounds}.${already}`,
      [...path, 'quantity'],
      minQuantity,
      most,
    ),
  ];
}
