import type { Transaction } from '../../database';
import { Addon, CatalogChangeKind, CatalogItemKind, ImportedItem, Product } from '../../entities';
import { insertItem } from './insert';
import type { Item } from './offered';
import { keyOf, type Own } from './own';
import type { Plan } from './plan';
import { setValues } from './set-values';

const { SERVICE, PRODUCT } = CatalogItemKind;

/** Writes a plan that was made in the same transaction. */
export async function applyPlan(
  tx: Transaction,
  provider: string,
  offered: readonly Item[],
  own: Own,
  plan: Plan,
): Promise<void> {
  const of = (kind: CatalogChangeKind) => plan.changes.filter(change => change.kind === kind);
  const added = new Set(of(CatalogChangeKind.ADD).map(({ item, code }) => keyOf({ kind: item, code })));
  const isNew = (item: Item) => added.has(keyOf(item));
  // Services before products, and products before the add-ons that go with them: the order in which they are offered.
  for (const item of offered.filter(isNew)) await insertItem(tx, provider, item, own);
  for (const { item: kind, code, field } of of(CatalogChangeKind.UPDATE)) {
    const item = offered.find(it => it.kind === kind && it.code === code);
    const ours = own.items.get(keyOf({ kind, code }));
    if (item && ours && field) await setValues(tx, kind, ours.id, { [field]: item.values[field] }, own);
  }
  for (const { item: kind, code } of of(CatalogChangeKind.WITHDRAW)) {
    const ours = own.items.get(keyOf({ kind, code }));
    if (!ours || kind === SERVICE) continue;
    const patch = { published: false };
    if (kind === PRODUCT) await tx.update(Product, patch, 't.id = ?', [ours.id]);
    else await tx.update(Addon, patch, 't.id = ?', [ours.id]);
  }
  await note(tx, provider, plan);
}

/** Remembers what the provider says now, against which the next import compares. */
export async function note(tx: Transaction, provider: string, { noted, gone }: Plan): Promise<void> {
  for (const { kind, code } of [...noted, ...gone]) {
    await tx.execute('DELETE FROM imported_items WHERE provider = ? AND kind = ? AND code = ?', [
      provider,
      kind,
      code,
    ]);
  }
  const importedAt = new Date();
  await tx.insert(
    ImportedItem,
    noted.map(({ kind, code, values: said }) => ({ provider, kind, code, said, importedAt })),
  );
}
