import type { CatalogProductFieldsFragment } from '../../generated/graphql';
import type { Attribute } from './attributes-field';

/** Values of the form of a product. */
export interface ProductValues {
  name: string;
  sku: string;
  slug: string;
  description: string;
  categoryId: string;
  capacityBytes: string;
  position: number;
  providerAttributes: readonly Attribute[];
}

/** Values of a new product. */
export const NEW_PRODUCT: ProductValues = {
  name: '',
  sku: '',
  slug: '',
  description: '',
  categoryId: '',
  capacityBytes: '',
  position: 0,
  providerAttributes: [],
};

/** Values of a product. */
export const valuesOfProduct = (product: CatalogProductFieldsFragment): ProductValues => ({
  name: product.name,
  sku: product.sku,
  slug: product.slug,
  description: product.description ?? '',
  categoryId: product.category.id,
  capacityBytes: product.capacityBytes,
  position: product.position,
  providerAttributes: (product.providerAttributes ?? []).map(({ name, value }) => ({ name, value })),
});
