import { z } from 'zod';
import { CatalogItemKind } from '../../entities';
import type { ProviderCatalog, ProviderItem, ProviderService } from '../catalog';
import { CatalogEntries, type EntryLocation, entryId, readPrices } from '../catalog-entries';
import { unreadableResponse } from '../classify';
import type { ProviderBillingCycle } from '../subscription';

const CYCLES: ReadonlyMap<string | number, ProviderBillingCycle> = new Map([
  [0, 'MONTHLY'],
  [1, 'ANNUALLY'],
  [2, 'TWO_YEARS'],
  [3, 'THREE_YEARS'],
]);
const BYTES_IN_GB = 1_000_000_000;
const { SERVICE, PRODUCT, ADDON } = CatalogItemKind;

const name = z.string().trim().min(1).max(255);

/** Attributes by id. `storage_gb` is the capacity. */
const attributes = z
  .array(z.object({ ID: z.string().max(64), Values: z.array(z.string().max(255)) }))
  .default([])
  .transform(list => Object.fromEntries(list.map(({ ID, Values }) => [ID, Values[0] ?? ''])))
  .refine(({ storage_gb = '0' }) => Number.isSafeInteger(bytesOf(storage_gb)) && bytesOf(storage_gb) >= 0, {
    error: 'storage_gb is not an amount of storage',
  });

const item = z.object({
  ID: entryId,
  Name: name,
  IsActivated: z.boolean().default(true),
  Attributes: attributes,
  Prices: z
    .array(
      z.object({
        Currency: z.string().length(3),
        Units: z.array(z.object({ BillingCycle: z.number().int(), Price: z.number().min(0) })),
      }),
    )
    .default([]),
});
const addon = item.extend({ Products: z.array(z.string()).default([]) });

const productType = z.object({
  ID: entryId,
  Name: name,
  AllowMultipleSubscriptions: z.boolean().default(false),
  QuantityLimit: z.number().int().min(0).max(2_147_483_647).default(0),
  AutoExecuteSubscriptionCancelRequest: z.boolean().default(false),
  ProductsCollection: z.object({ Products: z.array(z.unknown()), Addons: z.array(z.unknown()).default([]) }),
});

const definition = z.object({ ProductTypes: z.array(z.unknown()) });

/** Converts the response of `fields/servicedefinition`. Items that are not activated are left out. */
export function toCatalog(body: unknown): ProviderCatalog {
  const parsed = definition.safeParse(body);
  if (!parsed.success) throw unreadableResponse('it is not a service definition');
  const entries = new CatalogEntries();
  const services = parsed.data.ProductTypes.flatMap((value, index) =>
    toService(entries, value, `ProductTypes[${index}]`),
  );
  return { services, rejected: entries.rejected };
}

function toService(entries: CatalogEntries, value: unknown, position: string): ProviderService[] {
  const type = entries.read(productType, value, { position, kind: SERVICE, type: null }, 'ID');
  if (!type) return [];
  const { Products, Addons } = type.ProductsCollection;
  const at = (kind: CatalogItemKind, list: string, index: number): EntryLocation => ({
    position: `${position}.ProductsCollection.${list}[${index}]`,
    kind,
    type: type.ID,
  });
  const products = Products.flatMap((product, index) => {
    const place = at(PRODUCT, 'Products', index);
    const read = entries.read(item, product, place, 'ID');
    return (read && toItem(entries, place, read)) ?? [];
  });
  const addons = Addons.flatMap((entry, index) => {
    const place = at(ADDON, 'Addons', index);
    const read = entries.read(addon, entry, place, 'ID');
    const offered = read && toItem(entries, place, read);
    return offered ? [{ ...offered, fits: read.Products }] : [];
  });
  return [
    {
      type: type.ID,
      name: type.Name,
      quantityLimit: type.QuantityLimit || null,
      allowMultiple: type.AllowMultipleSubscriptions,
      cancelsAtOnce: type.AutoExecuteSubscriptionCancelRequest,
      products,
      addons,
    },
  ];
}

function toItem(
  entries: CatalogEntries,
  place: EntryLocation,
  { ID, Name, IsActivated, Attributes, Prices }: z.output<typeof item>,
): ProviderItem | undefined {
  if (!IsActivated) return undefined;
  const offered = Prices.flatMap(({ Currency, Units }) =>
    Units.map(({ BillingCycle, Price }) => ({ currency: Currency, cycle: BillingCycle, amount: Price })),
  );
  const prices = readPrices(entries, place, ID, offered, CYCLES);
  if (!prices) return undefined;
  const { storage_gb = '0' } = Attributes;
  return {
    sku: ID,
    name: Name,
    bytes: bytesOf(storage_gb),
    attributes: Attributes,
    prices,
    position: place.position,
  };
}

const bytesOf = (gigabytes: string): number => Math.round(Number(gigabytes) * BYTES_IN_GB);
