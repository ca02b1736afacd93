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
import { deleteImportedItem, incrementItemVersion, insertInto, updateById } from '../../store';
import { insertItem } from './insert';
import { keyOf, type LocalCatalog } from './local-catalog';
import type { Item } from './offer';
import type { Plan } from './plan';
import { setValues } from './set-values';

const { SERVICE, PRODUCT } = CatalogItemKind;

/** Provider whose catalog is imported, and the caller. */
type ImportRun = Pick<CatalogImport, 'provider' | 'userId'>;

/** Writes a plan that was made in the same transaction. */
export async function applyPlan(
  tx: Transaction,
  run: ImportRun,
  offered: readonly Item[],
  own: LocalCatalog,
  plan: Plan,
): Promise<void> {
  const of = (kind: CatalogChangeKind) =>
    plan.changes.flatMap(({ code, ...change }) =>
      change.kind === kind && code !== null ? [{ ...change, code }] : [],
    );
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
    await incrementVersion(tx, item.kind, ours.id);
  }
  for (const { item: kind, code } of of(CatalogChangeKind.WITHDRAW)) {
    const ours = own.items.get(keyOf({ kind, code }));
    if (!ours || kind === SERVICE) continue;
    const patch = { published: false, retiredAt: currentTime() };
    await updateById<Product | Addon>(tx, kind === PRODUCT ? Product : Addon, ours.id, patch);
    await incrementVersion(tx, kind, ours.id);
  }
  await recordImportedItems(tx, run.provider, plan);
}

/** Increments the version, so that a concurrent edit gets VERSION_CONFLICT. */
async function incrementVersion(tx: Transaction, kind: CatalogItemKind, id: string): Promise<void> {
  if (kind === SERVICE) return;
  await incrementItemVersion(tx, kind === PRODUCT ? Product : Addon, id);
}

/** Remembers what the provider says now, against which the next import compares. */
export async function recordImportedItems(
  tx: Transaction,
  provider: string,
  { recorded: noted, gone }: Plan,
): Promise<void> {
  for (const { kind, code } of [...noted, ...gone]) await deleteImportedItem(tx, { provider, kind, code });
  const importedAt = currentTime();
  await insertInto(
    tx,
    ImportedItem,
    noted.map(({ kind, code, values: said }) => ({ provider, kind, code, said, importedAt })),
  );
}
