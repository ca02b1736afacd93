import { invalid, type Path, type UserError } from '../../errors';
import type { DraftLine, Facts } from './draft';

/** Bytes are exact whole numbers up to here: nine petabytes. */
export const MAX_BYTES = Number.MAX_SAFE_INTEGER;
/** A basket full of such lines is still an exact sum. */
export const MAX_MINOR = 10 ** 13;

/** Names the quantity with which a line becomes more than can be counted, whatever the service allows. */
export function overflowErrors(line: DraftLine, { catalog, tariff, targets }: Facts, at: Path): UserError[] {
  const target = line.subscriptionId === null ? undefined : targets.get(line.subscriptionId);
  const minor = (id: string) => tariff.pricesOf(id).get(line.billingCycle) ?? 0;
  const { capacityBytes } = catalog.product(line.productId);
  let bytes = capacityBytes * (target?.subscription.quantity ?? line.quantity);
  let cost = minor(line.productId) * line.quantity;
  const fits = () => bytes <= MAX_BYTES && cost <= MAX_MINOR;
  const message = 'This is more than can be ordered on one line.';
  if (!fits()) return [invalid([...at, 'quantity'], message)];
  for (const [index, { addonId, quantity }] of line.addons.entries()) {
    bytes +=
      (catalog.findAddon(addonId)?.incrementBytes ?? 0) * (quantity + (target?.held.get(addonId) ?? 0));
    cost += minor(addonId) * quantity;
    if (!fits()) return [invalid([...at, 'addons', index, 'quantity'], message)];
  }
  return [];
}
