import { writePrice } from '../../catalog';
import type { Transaction } from '../../database';
import { Addon, type BillingCycle, CatalogItemKind, Product, ProductAddon, Service } from '../../entities';
import type { Values } from './offered';
import { keyOf, type Own } from './own';

const { SERVICE, PRODUCT } = CatalogItemKind;

/** Writes values of one item where our catalog has them. */
export async function setValues(
  tx: Transaction,
  kind: CatalogItemKind,
  id: string,
  values: Values,
  own: Own,
  setById: string | null,
): Promise<void> {
  for (const [field, value] of Object.entries(values)) {
    const [, cycle] = /^price (\w+)$/.exec(field) ?? [];
    if (cycle) {
      const billingCycle = cycle as BillingCycle;
      const key = { priceListId: own.publicList.id, itemId: id, billingCycle };
      await writePrice(tx, { ...key, unitMinor: Number(value), setById });
    } else if (field === 'fits') await setFits(tx, id, value as string[], own);
    else if (kind === SERVICE) await tx.update(Service, { [field]: value }, 't.id = ?', [id]);
    else if (kind === PRODUCT)
      await tx.update(Product, renamed(field, value, 'capacityBytes'), 't.id = ?', [id]);
    else await tx.update(Addon, renamed(field, value, 'incrementBytes'), 't.id = ?', [id]);
  }
}

const renamed = (field: string, value: unknown, bytes: string) => ({
  [field === 'bytes' ? bytes : field === 'attributes' ? 'providerAttributes' : field]: value,
});

async function setFits(tx: Transaction, addonId: string, skus: readonly string[], own: Own): Promise<void> {
  await tx.execute('DELETE FROM product_addons WHERE addonId = ?', [addonId]);
  const products = skus.flatMap(code => own.items.get(keyOf({ kind: PRODUCT, code }))?.id ?? []);
  const [last] = await tx.rows<{ position: number }>(
    'SELECT COALESCE(MAX(position), 0) AS position FROM product_addons',
  );
  const position = Number(last?.position ?? 0) + 1;
  await tx.insert(
    ProductAddon,
    products.map(productId => ({ productId, addonId, position })),
  );
}
