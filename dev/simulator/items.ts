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
