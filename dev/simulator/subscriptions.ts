import { randomUUID } from 'node:crypto';
import { checkItems, checkSlot, findAccount, findChangeable, findLive, findSubscription } from './checks';
import { isLarger } from './items';
import type { Effect, SubscriptionRecord } from './records';
import { Refusal } from './refusal';
import type { ServiceRequest } from './requests';
import { type Context, type ServiceResult, serviceResult } from './results';

/** `subscriptions/create`: idempotent by SubscriptionID. Checks add-ons; `addons/create` provisions them. */
export function create(request: ServiceRequest, context: Context): ServiceResult {
  checkItems(request);
  const account = findAccount(request, context);
  // Before the first order its recipient does not exist, so a pre-check does not require it.
  if (account === undefined && !request.CheckOnly) {
    const words = `There is no account ${request.Account.ExternalID || request.Account.Email}`;
    throw new Refusal('unknownAccount', words);
  }
  if (context.store.subscriptions.has(request.SubscriptionID)) return repeat(request, context);
  if (account !== undefined) checkSlot(request, account, context);
  if (request.CheckOnly || account === undefined) return serviceResult(null);
  const subscription: SubscriptionRecord = {
    id: request.SubscriptionID,
    externalId: `sub-${randomUUID().slice(0, 13)}`,
    serviceType: request.ServiceType,
    productId: request.ProductID,
    quantity: request.Quantity,
    name: request.Name,
    accountExternalId: account.externalId,
    state: 'ACTIVE',
    addons: {},
  };
  const detail = `${request.ProductID}=${request.Quantity}`;
  return commit('subscription.created', detail, subscription, request, context);
}

/** Returns the first result for a known SubscriptionID. Rejects a different request. */
function repeat(request: ServiceRequest, context: Context): ServiceResult {
  const known = findLive({ ...request, ID: null }, context);
  const owner = request.Account.ExternalID;
  if (known.productId !== request.ProductID || (owner && owner !== known.accountExternalId)) {
    const words = `Subscription ${known.id} exists with another product or account`;
    throw new Refusal('subscriptionDiffers', words);
  }
  return serviceResult(request.CheckOnly ? null : known.externalId);
}

/** `subscriptions/update`: sets the quantity and the name. Rejects another product. */
export function update(request: ServiceRequest, context: Context): ServiceResult {
  checkItems(request);
  const known = findChangeable(request, context);
  if (known.productId !== request.ProductID) {
    throw new Refusal('subscriptionDiffers', `Subscription ${known.externalId} has another product`);
  }
  const next = { ...known, quantity: request.Quantity, name: request.Name };
  if (request.CheckOnly || JSON.stringify(next) === JSON.stringify(known)) return unchanged(request, known);
  return commit('subscription.updated', `${known.productId}=${next.quantity}`, next, request, context);
}

/** `subscriptions/upgradedowngrade`: sets the product. Rejects a direction other than that of the sizes. A repeat has no effect. */
export function changeProduct(request: ServiceRequest, context: Context): ServiceResult {
  const { products } = checkItems(request);
  const known = findChangeable(request, context);
  const { ProductID } = request;
  // Without an effect the direction means nothing: a repeat and a return to the product that is still there succeed.
  if (known.productId === ProductID) return unchanged(request, known);
  const isUpgrade = isLarger(products, ProductID, known.productId);
  if (isUpgrade !== (request.ActionType === 'Upgrade')) {
    const words = `${ProductID} is ${isUpgrade ? 'larger' : 'smaller'} than ${known.productId}`;
    throw new Refusal('wrongDirection', words);
  }
  if (request.CheckOnly) return unchanged(request, known);
  const effect = isUpgrade ? 'subscription.upgraded' : 'subscription.downgraded';
  return commit(effect, ProductID, { ...known, productId: ProductID }, request, context);
}

/** `subscriptions/cancel`: cancels a subscription with its add-ons. A repeat has no effect. */
export function cancel(request: ServiceRequest, context: Context): ServiceResult {
  const known = findSubscription(request, context);
  if (request.CheckOnly || known.state === 'CANCELLED') return unchanged(request, known);
  const next: SubscriptionRecord = { ...known, state: 'CANCELLED', addons: {} };
  return commit('subscription.cancelled', known.productId, next, request, context);
}

/** `subscriptions/suspend`: a repeat has no effect. */
export function suspend(request: ServiceRequest, context: Context): ServiceResult {
  return turn('SUSPENDED', 'subscription.suspended', request, context);
}

/** `subscriptions/activate`: ends a suspension. A repeat has no effect. */
export function activate(request: ServiceRequest, context: Context): ServiceResult {
  return turn('ACTIVE', 'subscription.activated', request, context);
}

function turn(
  state: 'ACTIVE' | 'SUSPENDED',
  effect: Effect['effect'],
  request: ServiceRequest,
  context: Context,
): ServiceResult {
  const known = findLive(request, context);
  if (request.CheckOnly || known.state === state) return unchanged(request, known);
  return commit(effect, known.productId, { ...known, state }, request, context);
}

function unchanged(request: ServiceRequest, known: SubscriptionRecord): ServiceResult {
  return serviceResult(request.CheckOnly ? null : known.externalId);
}

function commit(
  effect: Effect['effect'],
  detail: string,
  subscription: SubscriptionRecord,
  request: ServiceRequest,
  { store, at, trackId }: Context,
): ServiceResult {
  const subject = { subject: subscription.id, recipient: request.Account.Name };
  store.commit({ at, subscription, effects: [{ effect, ...subject, detail, trackId }] });
  return serviceResult(subscription.externalId);
}
