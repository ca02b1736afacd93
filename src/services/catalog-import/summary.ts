import type { CatalogChange } from '../../entities';
import { keyOf, type LocalCatalog } from './local-catalog';

/** Changes by the items that they concern, each with its key. Changes of nothing known are left out. */
function byItem(changes: readonly CatalogChange[]): Map<string, CatalogChange[]> {
  const items = new Map<string, CatalogChange[]>();
  for (const change of changes) {
    if (change.code === null) continue;
    const key = keyOf({ kind: change.item, code: change.code });
    items.set(key, [...(items.get(key) ?? []), change]);
  }
  return items;
}

/** Summary of written changes for the audit trail: each item with its kind of change and the names of its fields, no values. */
export const summary = (changes: readonly CatalogChange[]): string =>
  [...byItem(changes).values()]
    .map(ofItem => {
      const kinds = [...new Set(ofItem.map(({ kind }) => kind))].join(' ');
      const fields = ofItem.flatMap(({ field }) => (field === null ? [] : [field]));
      return `${kinds} ${ofItem[0]?.code}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`;
    })
    .join(', ');

/** Ids of the items that written changes concern. `own` has those that were added. */
export const changedIds = (changes: readonly CatalogChange[], own: LocalCatalog): string[] =>
  [...byItem(changes).keys()].flatMap(key => own.items.get(key)?.id ?? []);
