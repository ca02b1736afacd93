import { writePrice } from '../../catalog';
import type { Transaction } from '../../database';
import { Addon, type BillingCycle, CatalogItemKind, Product, Service } from '../../entities';
import { replaceProductsOf, updateById } from '../../store';
import { keyOf, type LocalCatalog } from './local-catalog';
import type { Values } from './offer';

const { PRODUCT } = CatalogItemKind;

/** Columns of an item, by the names of its values. Prices, and the products that an add-on fits, are rows of their own. */
const columnOf: Readonly<Record<CatalogItemKind, Readonly<Record<string, string>>>> = {
  SERVICE: {
    name: 'name',
    quantityLimit: 'quantityLimit',
    allowMultipleSubscriptions: 'allowMultipleSubscriptions',
    cancellationPolicy: 'cancellationPolicy',
  } satisfies Record<string, keyof Service>,
  PRODUCT: {
    name: 'name',
    bytes: 'capacityBytes',
    attributes: 'providerAttributes',
  } satisfies Record<string, keyof Product>,
  ADDON: {
    name: 'name',
    bytes: 'incrementBytes',
    attributes: 'providerAttributes',
  } satisfies Record<string, keyof Addon>,
};

const entityOf = { SERVICE: Service, PRODUCT: Product, ADDON: Addon };

/** Writes values of one item where our catalog has them. */
export async function setValues(
  tx: Transaction,
  kind: CatalogItemKind,
  id: string,
  values: Values,
  own: LocalCatalog,
  setById: string | null,
): Promise<void> {
  for (const [field, value] of Object.entries(values)) {
    const [, cycle] = /^price (\w+)$/.exec(field) ?? [];
    if (cycle) {
      const billingCycle = cycle as BillingCycle;
      const key = { priceListId: own.publicList.id, itemId: id, billingCycle };
      await writePrice(tx, { ...key, unitMinor: Number(value), setById });
    } else if (field === 'fits') await setFittingProducts(tx, id, value as string[], own);
    else
      await updateById<Service | Product | Addon>(tx, entityOf[kind], id, {
        [columnNamed(kind, field)]: value,
      });
  }
}

function columnNamed(kind: CatalogItemKind, field: string): string {
  const column = columnOf[kind][field];
  if (!column) throw new Error(`${field} is not a value of ${kind}`);
  return column;
}

async function setFittingProducts(
  tx: Transaction,
  addonId: string,
  skus: readonly string[],
  own: LocalCatalog,
): Promise<void> {
  const products = skus.flatMap(code => own.items.get(keyOf({ kind: PRODUCT, code }))?.id ?? []);
  await replaceProductsOf(tx, addonId, products);
}
