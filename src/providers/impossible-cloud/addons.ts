import type { ProviderAddon } from '../subscription';
import type { Intent } from './to-service';
import type { ActionType, Endpoint } from './wire';

/** Request for the add-ons of one kind of change. `addons` has all add-ons; those that it changes are marked. */
export interface AddonRequest {
  endpoint: Endpoint;
  intent: Intent;
  addons: ProviderAddon[];
}

/** Kinds of change, in the order of their requests. An add-on with neither a quantity nor a total held has none. */
const KINDS: readonly [endpoint: Endpoint, changed: ActionType, (addon: ProviderAddon) => boolean][] = [
  ['addons/create', 'Provision', ({ held, quantity }) => held === 0 && quantity > 0],
  ['addons/update', 'Provision', ({ held, quantity }) => held > 0 && quantity > 0],
  ['addons/cancel', 'Cancel', ({ held, quantity }) => held > 0 && quantity === 0],
];

/** Requests that set the add-ons marked `change`. An add-on that ends has its held quantity, because it ends last. */
export function addonRequests(addons: readonly ProviderAddon[]): AddonRequest[] {
  return KINDS.flatMap(([endpoint, changed, isOfKind]) => {
    const all = addons.map(addon => ({
      ...addon,
      change: addon.change && isOfKind(addon),
      quantity: addon.quantity || addon.held,
    }));
    const isEmpty = !all.some(({ change }) => change);
    return isEmpty ? [] : [{ endpoint, intent: { action: 'None', changed }, addons: all }];
  });
}

/** Splits a request into one for each add-on that it changes. */
export function singleAddons({ addons }: AddonRequest): ProviderAddon[][] {
  return addons
    .filter(({ change }) => change)
    .map(only => addons.map(it => ({ ...it, change: it === only })));
}
