import { SERVICE_TYPES, type ServiceType } from './catalog';
import type { AccountRecord, SubscriptionRecord } from './records';
import { Refusal } from './refusal';
import type { ServiceRequest } from './requests';
import type { Context } from './results';

/** Returns the service type of a request. Rejects an unknown product, quantity or add-on. */
export function checkItems(request: ServiceRequest): ServiceType {
  const type = SERVICE_TYPES.find(it => it.id === request.ServiceType);
  if (!type?.products.some(it => it.id === request.ProductID)) {
    throw new Refusal('unknownProduct', `${request.ServiceType} has no product ${request.ProductID}`);
  }
  if (request.Quantity < 1 || (type.quantityLimit > 0 && request.Quantity > type.quantityLimit)) {
    const most = type.quantityLimit > 0 ? `at most ${type.quantityLimit}` : 'at least 1';
    throw new Refusal('quantity', `${request.ProductID} is sold with a quantity of ${most}`);
  }
  for (const addon of request.Addons) checkAddon(type, addon);
  return type;
}

function checkAddon(type: ServiceType, addon: ServiceRequest['Addons'][number]): void {
  if (!type.addons.some(it => it.id === addon.ProductID)) {
    throw new Refusal('addonDoesNotFit', `${type.name} has no add-on ${addon.ProductID}`);
  }
  if (addon.ActionType === 'Provision' && addon.Quantity < 1) {
    throw new Refusal('quantity', `${addon.ProductID} is sold with a quantity of at least 1`);
  }
}

/** Rejects a second live subscription of the service type, unless the request allows several. */
export function checkSlot(request: ServiceRequest, account: AccountRecord, { store }: Context): void {
  if (request.AllowMultipleSubscriptions) return;
  const other = [...store.subscriptions.values()].find(
    it =>
      it.accountExternalId === account.externalId &&
      it.serviceType === request.ServiceType &&
      it.state !== 'CANCELLED' &&
      it.id !== request.SubscriptionID,
  );
  if (other !== undefined) {
    const words = `${account.name} has a subscription of ${request.ServiceType} already (${other.externalId})`;
    throw new Refusal('secondSubscription', words);
  }
}

/** Finds the account of a request by its external id or, if that is empty, by its e-mail. */
export function findAccount(request: ServiceRequest, { store }: Context): AccountRecord | undefined {
  const { ExternalID, Email } = request.Account;
  return ExternalID ? store.accounts.get(ExternalID) : store.accountByEmail(Email);
}

/** Finds the subscription of a request. Rejects an unknown one, or one with another external id. */
export function findSubscription(request: ServiceRequest, { store }: Context): SubscriptionRecord {
  const known = store.subscriptions.get(request.SubscriptionID);
  if (known === undefined || (request.ID && request.ID !== known.externalId)) {
    throw new Refusal(
      'unknownSubscription',
      `There is no subscription ${request.ID || request.SubscriptionID}`,
    );
  }
  return known;
}

/** Finds the subscription of a request. Also rejects a cancelled one, and one of another service type. */
export function findLive(request: ServiceRequest, context: Context): SubscriptionRecord {
  const known = findSubscription(request, context);
  if (known.state === 'CANCELLED') {
    throw new Refusal('cancelledSubscription', `Subscription ${known.externalId} is cancelled`);
  }
  if (known.serviceType !== request.ServiceType) {
    throw new Refusal('subscriptionDiffers', `Subscription ${known.externalId} is of ${known.serviceType}`);
  }
  return known;
}

/** Finds the subscription of a change. Also rejects a suspended one. */
export function findChangeable(request: ServiceRequest, context: Context): SubscriptionRecord {
  const known = findLive(request, context);
  if (known.state === 'SUSPENDED') {
    throw new Refusal('suspendedSubscription', `Subscription ${known.externalId} is suspended`);
  }
  return known;
}
