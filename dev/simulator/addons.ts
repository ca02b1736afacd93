import { checkItems, findLive } from './checks';
import type { Effect } from './records';
import type { ServiceRequest } from './requests';
import { type Context, type ServiceResult, serviceResult } from './results';

/** `addons/create` and `addons/update`: sets add-ons marked Provision to the given totals. A repeat has no effect. */
export function provisionAddons(request: ServiceRequest, context: Context): ServiceResult {
  return setAddons('Provision', request, context);
}

/** `addons/cancel`: removes the add-ons marked Cancel. A repeat has no effect. */
export function cancelAddons(request: ServiceRequest, context: Context): ServiceResult {
  return setAddons('Cancel', request, context);
}

function setAddons(
  action: 'Provision' | 'Cancel',
  request: ServiceRequest,
  { store, at, trackId }: Context,
): ServiceResult {
  checkItems(request);
  const known = findLive(request, { store, at, trackId });
  if (request.CheckOnly) return serviceResult(null);
  const addons = { ...known.addons };
  const effects: Effect[] = [];
  const about = { subject: known.id, recipient: request.Account.Name, trackId };
  for (const addon of request.Addons.filter(it => it.ActionType === action)) {
    const total = action === 'Provision' ? addon.Quantity : 0;
    if ((addons[addon.ProductID] ?? 0) === total) continue;
    addons[addon.ProductID] = total;
    const effect = total > 0 ? 'addon.set' : 'addon.cancelled';
    effects.push({ effect, ...about, detail: `${addon.ProductID}=${total}` });
  }
  if (effects.length > 0) store.commit({ at, subscription: { ...known, addons }, effects });
  return serviceResult(known.externalId);
}
