import { writePrice } from '../../catalog';
import type { Transaction } from '../../database';
import { type BillingCycle, CatalogItemKind } from '../../entities';
import { replaceProductsOf, updateAddon, updateProduct, updateService } from '../../store';
import { keyOf, type LocalCatalog } from './local-catalog';
import type { Values } from './offer';

const { SERVICE, PRODUCT } = CatalogItemKind;

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
    else if (kind === SERVICE) await updateService(tx, id, { [field]: value });
    else if (kind === PRODUCT) await updateProduct(tx, id, toColumn(field, value, 'capacityBytes'));
    else await updateAddon(tx, id, toColumn(field, value, 'incrementBytes'));
  }
}

const toColumn = (field: string, value: unknown, bytes: string) => ({
  [field === 'bytes' ? bytes : field === 'attributes' ? 'providerAttributes' : field]: value,
});

async function setFittingProducts(
  tx: Transaction,
  addonId: string,
  skus: readonly string[],
  own: LocalCatalog,
): Promise<void> {
  const products = skus.flatMap(code => own.items.get(keyOf({ kind: PRODUCT, code }))?.id ?? []);
  await replaceProductsOf(tx, addonId, products);
}
