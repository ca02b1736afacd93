import { useState } from 'react';
import type {
  ChangeableProductFragment,
  ChangeTiming,
  PreviewSubscriptionChangeInput,
  SubscriptionToChangeQuery,
} from '../../generated/graphql';

/** Subscription that is to be changed. */
export type Changeable = NonNullable<SubscriptionToChangeQuery['subscription']>;
/** Add-on with the total that the subscription is to hold. */
export interface AddonTotal {
  readonly addon: ChangeableProductFragment['addons'][number];
  readonly held: number;
  readonly total: number;
}

/** A change that is being put together. `input` is null as long as nothing differs. */
export function useChangeDraft(subscription: Changeable) {
  const [product, setProduct] = useState<ChangeableProductFragment | null>(null);
  const [totals, setTotals] = useState<Readonly<Record<string, number>>>({});
  const [timing, setTiming] = useState<ChangeTiming>('IMMEDIATE');

  const held = new Map(subscription.addons.map(({ addon, quantity }) => [addon.id, quantity]));
  // Those that it holds come first: the product may not be sold with them any more.
  const addons = new Map(
    [...subscription.addons.map(({ addon }) => addon), ...(product ?? subscription.product).addons].map(
      addon => [addon.id, addon],
    ),
  );
  const wanted: AddonTotal[] = [...addons.values()].map(addon => {
    const now = held.get(addon.id) ?? 0;
    return { addon, held: now, total: totals[addon.id] ?? now };
  });
  const changed = wanted.filter(each => each.total !== each.held);
  const input: PreviewSubscriptionChangeInput | null =
    !product && changed.length === 0
      ? null
      : {
          subscriptionId: subscription.id,
          productId: product?.id ?? null,
          addons: changed.map(({ addon, total }) => ({ addonId: addon.id, quantity: total })),
          timing,
        };
  return {
    product,
    timing,
    wanted,
    input,
    /** Position of an add-on in the input, as the paths of errors have it. */
    indexOf: (addonId: string) => changed.findIndex(({ addon }) => addon.id === addonId),
    setTiming,
    setProduct: (chosen: ChangeableProductFragment | null) =>
      setProduct(chosen?.id === subscription.product.id ? null : chosen),
    setTotal: (addonId: string, total: number) => setTotals(now => ({ ...now, [addonId]: total })),
  };
}

/** A change that is being put together. */
export type ChangeDraft = ReturnType<typeof useChangeDraft>;
