import type { z } from 'zod';
import { CatalogItemKind } from '../../entities';
import type { ProviderCatalog, ProviderItem, ProviderService } from '../catalog';
import { CatalogEntries, type EntryLocation, readPrices } from '../catalog-entries';
import type { ProviderBillingCycle } from '../subscription';
import { addon, type BrokerCatalog, plan, service } from './wire';

const CYCLES: ReadonlyMap<string | number, ProviderBillingCycle> = new Map(
  (['MONTHLY', 'ANNUALLY', 'TWO_YEARS', 'THREE_YEARS'] as const).map(cycle => [cycle, cycle]),
);
const BYTES_IN_GB = 1_000_000_000;
const { SERVICE, PRODUCT, ADDON } = CatalogItemKind;

/** Converts the catalog of a broker: its services are services, its plans are products. */
export function toCatalog(body: BrokerCatalog): ProviderCatalog {
  const entries = new CatalogEntries();
  const services = body.services.flatMap((value, index) => toService(entries, value, `services[${index}]`));
  return { services, rejected: entries.rejected };
}

function toService(entries: CatalogEntries, value: unknown, position: string): ProviderService[] {
  const read = entries.read(service, value, { position, kind: SERVICE, type: null }, 'id');
  if (!read) return [];
  const { id: type, name, metadata, plans } = read;
  const products = plans.flatMap((entry, index) => {
    const place = { position: `${position}.plans[${index}]`, kind: PRODUCT, type };
    const product = entries.read(plan, entry, place, 'id');
    return (product && toItem(entries, place, product.id, product.name, product.metadata)) ?? [];
  });
  const addons = metadata.addons.flatMap((entry, index) => {
    const place = { position: `${position}.metadata.addons[${index}]`, kind: ADDON, type };
    const extra = entries.read(addon, entry, place, 'id');
    const offered = extra && toItem(entries, place, extra.id, extra.id, extra.metadata);
    return offered ? [{ ...offered, fits: extra.plans }] : [];
  });
  const { displayName, quantityLimit, allowMultiple, cancelsAtOnce } = metadata;
  return [{ type, name: displayName ?? name, quantityLimit, allowMultiple, cancelsAtOnce, products, addons }];
}

function toItem(
  entries: CatalogEntries,
  place: EntryLocation,
  sku: string,
  name: string,
  { displayName, storage_gb, costs }: z.output<typeof addon>['metadata'],
): ProviderItem | undefined {
  const offered = costs.flatMap(({ amount, unit }) =>
    Object.entries(amount).map(([currency, price]) => ({
      currency: currency.toUpperCase(),
      cycle: unit,
      amount: price,
    })),
  );
  const prices = readPrices(entries, place, sku, offered, CYCLES);
  if (!prices) return undefined;
  return {
    sku,
    name: displayName ?? name,
    bytes: Math.round(storage_gb * BYTES_IN_GB),
    attributes: { storage_gb: String(storage_gb) },
    prices,
    position: place.position,
  };
}
