import { list, type Session } from '../database';
import {
  Account,
  Addon,
  CloudSubscription,
  CloudSubscriptionAddon,
  OperationStep,
  Order,
  OrderSource,
  Product,
  ProvisioningOperation,
  Service,
  User,
} from '../entities';
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
  /** What the subscription holds already, and what the operation adds. */
  held: CloudSubscriptionAddon[];
  addons: Map<string, Addon>;
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
  operation: ProvisioningOperation,
  { leaseMs, keepsAccounts }: Pick<Job, 'leaseMs' | 'keepsAccounts'>,
): Promise<Job> {
  const { subscription, service, product, account, reseller, requestedBy, origin } = await subject(
    session,
    operation,
  );
  const held = await session.many(CloudSubscriptionAddon, 'WHERE t.subscriptionId = ?', [subscription.id]);
  const addonIds = [...held, ...operation.addons].map(addon => addon.addonId);
  const addons =
    addonIds.length > 0 ? await session.many(Addon, `WHERE t.id IN ${list(addonIds)}`, addonIds) : [];
  const steps = await stepsOf(session, operation.id);
  const known = new Map(addons.map(addon => [addon.id, addon]));
  const { source } = origin;
  return {
    operation,
    leaseMs,
    keepsAccounts,
    steps,
    subscription,
    service,
    product,
    account,
    reseller,
    held,
    addons: known,
    requestedBy,
    source,
  };
}

const SUBJECT = {
  subscription: CloudSubscription,
  service: Service,
  product: Product,
  account: Account,
  reseller: Account,
  requestedBy: User,
  origin: Order,
};

/** Everything that the operation has one of. */
async function subject(session: Session, operation: ProvisioningOperation) {
  const { id, orderId, subscriptionId, requestedById } = operation;
  const found = await session.joined(
    SUBJECT,
    `FROM subscriptions subscription
     JOIN services service ON service.id = subscription.serviceId
     JOIN products product ON product.id = subscription.productId
     JOIN accounts account ON account.id = subscription.accountId
     LEFT JOIN accounts reseller ON reseller.id = subscription.resellerId
     JOIN users requestedBy ON requestedBy.id = ?
     JOIN orders origin ON origin.id = COALESCE(?, subscription.orderId)
     WHERE subscription.id = ?`,
    [requestedById, orderId, subscriptionId],
  );
  if (!found) throw new Error(`What ${id} is about is missing`);
  return found as { [Part in keyof typeof found]: NonNullable<(typeof found)[Part]> } & Pick<Job, 'reseller'>;
}

/** The steps of an operation, in order. */
export function stepsOf(session: Session, operationId: string): Promise<OperationStep[]> {
  return session.many(OperationStep, 'WHERE t.operationId = ? ORDER BY t.position', [operationId]);
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
      const addon = job.addons.get(addonId);
      if (!addon) throw new Error(`Add-on ${addonId} is missing`);
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
