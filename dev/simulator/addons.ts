import { checkItems, findChangeable } from './checks';
import type { Effect, SubscriptionRecord } from './records';
import { Refusal } from './refusal';
import type { ServiceRequest } from './requests';
import { type Context, type ServiceResult, serviceResult } from './results';

type AddonRequest = ServiceRequest['Addons'][number];

/** `addons/create`: adds the add-ons marked Provision. Rejects one that is there with another total. A repeat has no effect. */
export function createAddons(request: ServiceRequest, context: Context): ServiceResult {
  return setAddons('Provision', request, context, ({ ProductID, Quantity }, { addons, externalId }) => {
    const total = addons[ProductID];
    if (total === undefined || total === Quantity) return;
    throw new Refusal('addonPresent', `${externalId} has ${total} of ${ProductID} already: update it`);
  });
}

/** `addons/update`: sets the add-ons marked Provision to the given totals. Rejects one that is not there. */
export function updateAddons(request: ServiceRequest, context: Context): ServiceResult {
  return setAddons('Provision', request, context, ({ ProductID }, { addons, externalId }) => {
    if (addons[ProductID] !== undefined) return;
    throw new Refusal('addonAbsent', `${externalId} has no ${ProductID}: create it`);
  });
}

/** `addons/cancel`: removes the add-ons marked Cancel. A repeat has no effect. */
export function cancelAddons(request: ServiceRequest, context: Context): ServiceResult {
  return setAddons('Cancel', request, context, () => undefined);
}

/** Does all or nothing. `check` rejects an add-on that does not suit the endpoint. */
function setAddons(
  action: 'Provision' | 'Cancel',
  request: ServiceRequest,
  { store, at, trackId }: Context,
  check: (addon: AddonRequest, known: SubscriptionRecord) => void,
): ServiceResult {
  checkItems(request);
  const wrong = request.Addons.find(({ ActionType }) => ![action, 'None'].includes(ActionType));
  if (wrong)
    throw new Refusal('wrongAction', `${wrong.ProductID} cannot have the action ${wrong.ActionType} here`);
  const known = findChangeable(request, { store, at, trackId });
  const addons = { ...known.addons };
  const effects: Effect[] = [];
  const about = { subject: known.id, recipient: request.Account.Name, trackId };
  for (const addon of request.Addons.filter(it => it.ActionType === action)) {
    check(addon, known);
    const total = action === 'Provision' ? addon.Quantity : 0;
    if ((addons[addon.ProductID] ?? 0) === total) continue;
    if (total > 0) addons[addon.ProductID] = total;
    else delete addons[addon.ProductID];
    const effect = total > 0 ? 'addon.set' : 'addon.cancelled';
    effects.push({ effect, ...about, detail: `${addon.ProductID}=${total}` });
  }
  if (request.CheckOnly) return serviceResult(null);
  if (effects.length > 0) store.commit({ at, subscription: { ...known, addons }, effects });
  return serviceResult(known.externalId);
}
