import type { CatalogSnapshot } from '../catalog';
import type { Product } from '../entities';

/** Storage of licenses of a product with add-ons, in bytes. Exact up to Number.MAX_SAFE_INTEGER, which the caller checks. */
export const capacityOf = (
  catalog: CatalogSnapshot,
  { capacityBytes }: Product,
  licenses: number,
  addons: readonly { addonId: string; quantity: number }[],
): number =>
  addons.reduce(
    (sum, { addonId, quantity }) => sum + quantity * catalog.addon(addonId).incrementBytes,
    capacityBytes * licenses,
  );
