import type { ProviderBillingCycle, ProviderItem, ProviderService } from '../port';
import type { BrokerCatalog } from './wire';

const CYCLES: readonly ProviderBillingCycle[] = ['MONTHLY', 'ANNUALLY', 'TWO_YEARS', 'THREE_YEARS'];
const BYTES_IN_GB = 1_000_000_000;

type Metadata = BrokerCatalog['services'][number]['plans'][number]['metadata'];

/** The broker's catalog as the port tells it: a service is a kind of service, a plan a product. */
export function toCatalog({ services }: BrokerCatalog): ProviderService[] {
  return services.map(({ id, name, metadata, plans }) => ({
    type: id,
    name: metadata.displayName ?? name,
    quantityLimit: metadata.quantityLimit,
    allowMultiple: metadata.allowMultiple,
    cancelsAtOnce: metadata.cancelsAtOnce,
    products: plans.map(plan => toItem(plan.id, plan.name, plan.metadata)),
    addons: metadata.addons.map(addon => ({
      ...toItem(addon.id, addon.id, addon.metadata),
      fits: addon.plans,
    })),
  }));
}

function toItem(sku: string, name: string, { displayName, storage_gb, costs }: Metadata): ProviderItem {
  return {
    sku,
    name: displayName ?? name,
    bytes: Math.round(storage_gb * BYTES_IN_GB),
    attributes: { storage_gb: String(storage_gb) },
    prices: costs.flatMap(({ amount, unit }) => {
      const billingCycle = CYCLES.find(cycle => cycle === unit);
      if (!billingCycle) return [];
      return Object.entries(amount).map(([currency, price]) => ({
        currency: currency.toUpperCase(),
        billingCycle,
        unitMinor: Math.round(price * 100),
      }));
    }),
  };
}
