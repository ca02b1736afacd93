import type { AddonQuantityInput } from '../../generated/graphql';

/** Quantities of add-ons by id. */
export type Quantities = Readonly<Record<string, number>>;

/** Converts quantities to the input of a mutation. */
export const chosenAddons = (quantities: Quantities): AddonQuantityInput[] =>
  Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([addonId, quantity]) => ({ addonId, quantity }));
