import type { Catalog, CatalogSnapshot } from '../catalog';
import type { Session } from '../database';
import {
  Account,
  CloudSubscription,
  CloudSubscriptionAddon,
  CloudSubscriptionState,
  OperationStep,
  OrderSource,
  type Product,
  type ProvisioningOperation,
  type Service,
  User,
} from '../entities';
import { findHeldAddons, findOperationSubject, findSteps } from '../store';
import type { ProviderAccount, ProviderSubscription } from './provider/port';

/** A claimed operation with all that its steps need to know. */
export interface Job {
  operation: ProvisioningOperation;
  steps: OperationStep[];
  subscription: CloudSubscription;
  service: Service;
  product: Product;
  account: Account;
  reseller: Account | null;
  /** What the provider calls the recipient and its reseller, by our ids, as far as it knows them. */
  externalIds: Map<string, string>;
  /** The add-ons that the subscription holds already. */
  held: CloudSubscriptionAddon[];
  catalog: CatalogSnapshot;
  requestedBy: User;
  source: OrderSource;
  /** How long the claim holds from one write or renewal to the next. */
  leaseMs: number;
  /** Whether the provider wants to know accounts before their subscriptions. */
  keepsAccounts: boolean;
}

/** Reads what belongs to `operation`: one statement for what there is one of, one for each list. */
export async function loadJob(
  session: Session,
  catalog: Catalog,
  operation: ProvisioningOperation,
  { leaseMs, keepsAccounts }: Pick<Job, 'leaseMs' | 'keepsAccounts'>,
): Promise<Job> {
  const { version, known, resellerKnown, origin, ...about } = await readSubject(session, operation);
  const { subscription } = about;
  const snapshot = await catalog.snapshotAt(version.version, session);
  return {
    ...about,
    operation,
    leaseMs,
    keepsAccounts,
    externalIds: new Map(
      [known, resellerKnown].flatMap(row => (row?.externalId ? [[row.accountId, row.externalId]] : [])),
    ),
    steps: await findSteps(session, operation.id),
    held: await heldBy(session, subscription),
    catalog: snapshot,
    service: snapshot.service(subscription.serviceId),
    product: snapshot.product(subscription.productId),
    source: origin.source,
  };
}

async function readSubject(session: Session, operation: ProvisioningOperation) {
  const found = await findOperationSubject(session, operation);
  if (!found) throw new Error(`What ${operation.id} is about is missing`);
  return found;
}

/** The add-ons of a subscription; one that was never active has none yet. */
async function heldBy(session: Session, { id, state }: CloudSubscription): Promise<CloudSubscriptionAddon[]> {
  if (state === CloudSubscriptionState.PENDING) return [];
  return findHeldAddons(session, id);
}

/** An account as the provider is told of it; `resellerExternalId` puts it under its reseller. */
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

/** The add-ons that the subscription shall hold once the operation is done: totals, never differences. */
export function addonTotals(
  job: Job,
): Map<string, { total: number; held: number; unitMinor: number | null }> {
  const totals = new Map(
    job.held.map(addon => [
      addon.addonId,
      { total: addon.quantity, held: addon.quantity, unitMinor: null as number | null },
    ]),
  );
  for (const { addonId, quantity, unitMinor } of job.operation.addons) {
    const held = totals.get(addonId)?.held ?? 0;
    totals.set(addonId, { total: held + quantity, held, unitMinor });
  }
  return totals;
}

/** The subscription as a whole, as every call sends it; `changed` says which add-ons the call is about. */
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
