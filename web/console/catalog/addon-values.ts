import type { CatalogAddonFieldsFragment } from '../../generated/graphql';
import type { Attribute } from './attributes-field';

/** Values of the form of an add-on. */
export interface AddonValues {
  name: string;
  sku: string;
  description: string;
  incrementBytes: string;
  minQuantity: number;
  /** Null for no limit. */
  maxQuantity: number | null;
  providerAttributes: readonly Attribute[];
}

/** Values of a new add-on. */
export const NEW_ADDON: AddonValues = {
  name: '',
  sku: '',
  description: '',
  incrementBytes: '',
  minQuantity: 1,
  maxQuantity: null,
  providerAttributes: [],
};

/** Values of an add-on. */
export const valuesOfAddon = (addon: CatalogAddonFieldsFragment): AddonValues => ({
  name: addon.name,
  sku: addon.sku,
  description: addon.description ?? '',
  incrementBytes: addon.incrementBytes,
  minQuantity: addon.minQuantity,
  maxQuantity: addon.maxQuantity,
  providerAttributes: (addon.providerAttributes ?? []).map(({ name, value }) => ({ name, value })),
});
