import type { ProviderAddon } from '../subscription';
import type { Intent } from './to-service';
import type { Endpoint } from './wire';

/** Request for the add-ons of one kind of change. `addons` has all add-ons; those that it changes are marked. */
export interface AddonRequest {
  endpoint: Endpoint;
  intent: Intent;
  addons: ProviderAddon[];
}

/** Kinds of change, in the order of their requests. An add-on with neither a quantity nor a total held has none. */
const KINDS: readonly [endpoint: Endpoint, changed: Intent['changed'], (addon: ProviderAddon) => boolean][] =
  [
    ['addons/create', 'Provision', ({ held, quantity }) => held === 0 && quantity > 0],
    ['addons/update', 'Provision', ({ held, quantity }) => held > 0 && quantity > 0],
    ['addons/cancel', 'Cancel', ({ held, quantity }) => held > 0 && quantity === 0],
  ];

/** Requests that set the add-ons marked `change`. Add-ons that a later request changes have their held quantity until then. */
export function addonRequests(addons: readonly ProviderAddon[]): AddonRequest[] {
  return KINDS.flatMap(([endpoint, changed, isOfKind], index) => {
    const later = KINDS.slice(index + 1);
    const all = addons.map(addon => {
      const change = addon.change && isOfKind(addon);
      const isPending = addon.change && later.some(([, , isOfLater]) => isOfLater(addon));
      // A cancellation names the quantity that ends.
      const isHeld = isPending || (change && changed === 'Cancel');
      return { ...addon, change, quantity: isHeld ? addon.held : addon.quantity };
    });
    return all.some(({ change }) => change)
      ? [{ endpoint, intent: { action: 'None', changed }, addons: all }]
      : [];
  });
}

/** Splits a request into one for each add-on that it changes. */
export function singleAddons({ addons }: AddonRequest): ProviderAddon[][] {
  return addons
    .filter(({ change }) => change)
    .map(only => addons.map(it => ({ ...it, change: it === only })));
}
