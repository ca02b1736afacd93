import { type Account, OrderSource } from '../entities';
import type { ProviderAccount, ProviderSubscription } from '../providers';
import type { Job } from './job';

/** Account in the form of the provider port. `resellerExternalId` makes it a customer of its reseller. */
export function toProviderAccount(
  account: Account,
  role: ProviderAccount['role'],
  externalId?: string,
  resellerExternalId?: string,
): ProviderAccount {
  const { billing } = account;
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    role,
    externalId,
    reseller:
      account.resellerId && resellerExternalId
        ? { id: account.resellerId, externalId: resellerExternalId }
        : undefined,
    company: billing.company,
    address: {
      line1: billing.addressLine1,
      line2: billing.addressLine2 ?? undefined,
      city: billing.city,
      postalCode: billing.postalCode,
      country: billing.country,
    },
  };
}

/** Add-on quantities after the operation, by add-on id. Totals, not differences, so that a repeated call sets the same. */
export function addonTotals(
  job: Job,
): Map<string, { total: number; held: number; unitMinor: number | null }> {
  const totals = new Map(
    job.heldAddons.map(addon => [
      addon.addonId,
      { total: addon.quantity, held: addon.quantity, unitMinor: null as number | null },
    ]),
  );
  for (const [addonId, quantity] of job.namedAddons) {
    if (!totals.has(addonId)) totals.set(addonId, { total: 0, held: quantity, unitMinor: null });
  }
  if (job.change) {
    const after = new Map(job.change.after.addons.map(addon => [addon.addonId, addon.quantity]));
    for (const addonId of new Set([...totals.keys(), ...after.keys()])) {
      const held = totals.get(addonId)?.held ?? 0;
      totals.set(addonId, { total: after.get(addonId) ?? 0, held, unitMinor: null });
    }
  }
  for (const { addonId, quantity, unitMinor } of job.operation.addons) {
    const held = totals.get(addonId)?.held ?? 0;
    totals.set(addonId, { total: held + quantity, held, unitMinor });
  }
  return totals;
}

/** Totals of the add-ons that the operation changes, by add-on id. */
export const changedAddons = (job: Job) =>
  new Map([...addonTotals(job)].filter(([, { total, held }]) => total !== held));

/** Subscription in the form of the provider port. `changed` selects the add-ons that the call changes. */
export function toProviderSubscription(
  job: Job,
  account: ProviderAccount,
  changed: (addonId: string) => boolean = () => false,
  addons: ReadonlyMap<string, { total: number; held: number }> = addonTotals(job),
): ProviderSubscription {
  const { subscription, service, product, requestedBy } = job;
  return {
    id: subscription.id,
    externalId: subscription.externalId ?? undefined,
    name: subscription.friendlyName,
    serviceType: service.providerServiceType,
    productId: product.sku,
    quantity: subscription.quantity,
    billingCycle: subscription.billingCycle,
    attributes: product.providerAttributes,
    account,
    allowMultiple: service.allowMultipleSubscriptions,
    addons: [...addons].map(([addonId, { total, held }]) => {
      const addon = job.catalog.addon(addonId);
      return {
        productId: addon.sku,
        name: addon.name,
        quantity: total,
        held,
        attributes: addon.providerAttributes,
        change: changed(addonId),
      };
    }),
    requestedBy: {
      id: requestedBy.id,
      name: requestedBy.name,
      email: requestedBy.email,
      via: job.source === OrderSource.BSS ? 'BSS' : 'Storefront',
    },
  };
}
