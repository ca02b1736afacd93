import { z } from 'zod';
import { unreadable } from '../classify';
import type { ProviderBillingCycle, ProviderItem, ProviderService } from '../port';

const CYCLES: Record<number, ProviderBillingCycle> = {
  0: 'MONTHLY',
  1: 'ANNUALLY',
  2: 'TWO_YEARS',
  3: 'THREE_YEARS',
};
const BYTES_IN_GB = 1_000_000_000;

/** As our own columns of codes take it. */
const code = z.string().regex(/^[\x21-\x7e]{1,64}$/);

const item = z.object({
  ID: code,
  Name: z.string().min(1).max(255),
  IsActivated: z.boolean().default(true),
  Attributes: z.array(z.object({ ID: z.string(), Values: z.array(z.string()) })).default([]),
  Prices: z
    .array(
      z.object({
        Currency: z.string().length(3),
        Units: z.array(z.object({ BillingCycle: z.number().int(), Price: z.number().min(0) })),
      }),
    )
    .default([]),
});

const definition = z.object({
  ProductTypes: z.array(
    z.object({
      ID: code,
      Name: z.string().min(1).max(255),
      AllowMultipleSubscriptions: z.boolean().default(false),
      QuantityLimit: z.number().int().min(0).default(0),
      AutoExecuteSubscriptionCancelRequest: z.boolean().default(false),
      ProductsCollection: z.object({
        Products: z.array(item),
        Addons: z.array(item.extend({ Products: z.array(z.string()).default([]) })).default([]),
      }),
    }),
  ),
});

/** The answer of `fields/servicedefinition` as the port tells it; what is not activated is not offered. */
export function toCatalog(body: unknown): ProviderService[] {
  const parsed = definition.safeParse(body);
  if (!parsed.success) throw unreadable('it is not a service definition');
  return parsed.data.ProductTypes.map(type => ({
    type: type.ID,
    name: type.Name,
    quantityLimit: type.QuantityLimit || null,
    allowMultiple: type.AllowMultipleSubscriptions,
    cancelsAtOnce: type.AutoExecuteSubscriptionCancelRequest,
    products: type.ProductsCollection.Products.filter(offered).map(toItem),
    addons: type.ProductsCollection.Addons.filter(offered).map(addon => ({
      ...toItem(addon),
      fits: addon.Products,
    })),
  }));
}

const offered = ({ IsActivated }: z.output<typeof item>) => IsActivated;

function toItem({ ID, Name, Attributes, Prices }: z.output<typeof item>): ProviderItem {
  const attributes = Object.fromEntries(Attributes.map(({ ID, Values }) => [ID, Values[0] ?? '']));
  return {
    sku: ID,
    name: Name,
    bytes: Math.round(Number(attributes.storage_gb ?? 0) * BYTES_IN_GB) || 0,
    attributes,
    prices: Prices.flatMap(({ Currency, Units }) =>
      Units.flatMap(({ BillingCycle, Price }) => {
        const billingCycle = CYCLES[BillingCycle];
        return billingCycle ? [{ currency: Currency, billingCycle, unitMinor: Math.round(Price * 100) }] : [];
      }),
    ),
  };
}
