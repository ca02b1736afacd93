/** Item of the simulated catalog. Prices are decimals in EUR, per month and per year. */
export interface CatalogItem {
  id: string;
  name: string;
  storageGb: number;
  monthly: number;
  annually: number;
}

/** Creates an item. A year costs ten months. */
export function item(id: string, name: string, storageGb: number, monthly: number): CatalogItem {
  return { id, name, storageGb, monthly, annually: monthly * 10 };
}

/** Compares the storage of two items: true if `id` has more than `than`. */
export function isLarger(items: CatalogItem[], id: string, than: string): boolean {
  const sizeOf = (wanted: string) => items.find(it => it.id === wanted)?.storageGb ?? 0;
  return sizeOf(id) > sizeOf(than);
}
