import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import {
  Addon,
  CatalogChangeKind,
  type CatalogImport,
  CatalogItemKind,
  ImportedItem,
  Product,
} from '../../entities';
import { insertItem } from './insert';
import type { Item } from './offered';
import { keyOf, type Own } from './own';
import type { Plan } from './plan';
import { setValues } from './set-values';

const { SERVICE, PRODUCT } = CatalogItemKind;

/** Whose catalog is imported, and for whom. */
type Run = Pick<CatalogImport, 'provider' | 'userId'>;

/** Writes a plan that was made in the same transaction. */
export async function applyPlan(
  tx: Transaction,
  run: Run,
  offered: readonly Item[],
  own: Own,
  plan: Plan,
): Promise<void> {
  const of = (kind: CatalogChangeKind) => plan.changes.filter(change => change.kind === kind);
  const added = new Set(of(CatalogChangeKind.ADD).map(({ item, code }) => keyOf({ kind: item, code })));
  const isNew = (item: Item) => added.has(keyOf(item));
  // Services before products, and products before the add-ons that go with them: the order in which they are offered.
  for (const item of offered.filter(isNew)) await insertItem(tx, run, item, own);
  const updated = of(CatalogChangeKind.UPDATE);
  for (const item of offered) {
    const fields = updated.flatMap(({ item: kind, code, field }) =>
      kind === item.kind && code === item.code && field !== null ? [field] : [],
    );
    const ours = own.items.get(keyOf(item));
    if (!ours || fields.length === 0) continue;
    const values = Object.fromEntries(fields.map(field => [field, item.values[field]]));
    await setValues(tx, item.kind, ours.id, values, own, run.userId);
    await raiseVersion(tx, item.kind, ours.id);
  }
  for (const { item: kind, code } of of(CatalogChangeKind.WITHDRAW)) {
    const ours = own.items.get(keyOf({ kind, code }));
    if (!ours || kind === SERVICE) continue;
    const patch = { published: false, retiredAt: currentTime() };
    if (kind === PRODUCT) await tx.update(Product, patch, 't.id = ?', [ours.id]);
    else await tx.update(Addon, patch, 't.id = ?', [ours.id]);
    await raiseVersion(tx, kind, ours.id);
  }
  await note(tx, run.provider, plan);
}

/** Whoever edits the item meanwhile hears that it is not what it was. */
async function raiseVersion(tx: Transaction, kind: CatalogItemKind, id: string): Promise<void> {
  if (kind === SERVICE) return;
  const table = kind === PRODUCT ? 'products' : 'addons';
  await tx.execute(`UPDATE ${table} SET version = version + 1 WHERE id = ?`, [id]);
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
  const importedAt = currentTime();
  await tx.insert(
    ImportedItem,
    noted.map(({ kind, code, values: said }) => ({ provider, kind, code, said, importedAt })),
  );
}
