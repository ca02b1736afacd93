import { isDeepStrictEqual } from 'node:util';
import { type CatalogChange, CatalogChangeKind, type Currency, Money } from '../../entities';
import { keyOf, type LocalCatalog } from './local-catalog';
import type { Item } from './offer';

const { ADD, UPDATE, KEEP, WITHDRAW } = CatalogChangeKind;

/** Plan of an import: the changes as shown, and the values recorded as those of the provider. */
export interface Plan {
  changes: CatalogChange[];
  /** Items to be noted, for they were never, or otherwise. */
  recorded: Item[];
  /** Items of this service that the provider no longer names. */
  gone: Pick<Item, 'kind' | 'code'>[];
}

/**
 * Compares three sides, value by value: what the provider says, what it said when it was last imported, and what is here.
 * A value is taken over where only the provider changed it. One that was edited here stays, and is told of when the
 * provider changes it too. What a rejected entry may be about is left alone. Nothing that is here already counts as imported before its first import: it stays.
 */
export function planImport(
  offered: readonly Item[],
  own: LocalCatalog,
  mayBeOffered: (item: Pick<Item, 'kind' | 'code'>) => boolean,
): Plan {
  const plan: Plan = { changes: [], recorded: [], gone: [] };
  for (const item of offered) {
    const said = own.imported.get(keyOf(item));
    if (!isDeepStrictEqual(said, item.values)) plan.recorded.push(item);
    plan.changes.push(...changesOf(item, own));
  }
  const named = new Set(offered.map(keyOf));
  for (const [key, { kind, code, published, elsewhere }] of own.items) {
    if (named.has(key) || elsewhere || !own.imported.has(key) || mayBeOffered({ kind, code })) continue;
    plan.gone.push({ kind, code });
    if (published) plan.changes.push(change(WITHDRAW, { kind, code }, null));
  }
  return plan;
}

function changesOf(item: Item, own: LocalCatalog): CatalogChange[] {
  const ours = own.items.get(keyOf(item));
  if (!ours) return [change(ADD, item, null, null, item.values.name)];
  const said = own.imported.get(keyOf(item));
  // Its code is sold by another service: nothing of it is ours to write.
  if (ours.elsewhere) return said ? [] : [change(KEEP, item, 'service')];
  return Object.entries(item.values).flatMap(([field, now]) => {
    const here = ours.values[field];
    if (isDeepStrictEqual(here, now) || (said && isDeepStrictEqual(said[field], now))) return [];
    const isEdited = !said || !isDeepStrictEqual(here, said[field]);
    const shown = (value: unknown) => shownValue(field, value, own.currency);
    return [change(isEdited ? KEEP : UPDATE, item, field, shown(here), shown(now))];
  });
}

/** Value as people read it: a price is an amount with its currency, not minor units. */
function shownValue(field: string, value: unknown, currency: Currency): unknown {
  return field.startsWith('price ') && typeof value === 'number' ? Money.text(value, currency) : value;
}

function change(
  kind: CatalogChangeKind,
  { kind: item, code }: Pick<Item, 'kind' | 'code'>,
  field: string | null,
  from?: unknown,
  to?: unknown,
): CatalogChange {
  return { kind, item, code, field, from: text(from), to: text(to), position: null, reason: null };
}

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
