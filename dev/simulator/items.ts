/** An item of the simulated vendor's catalog; prices are EUR a month and a year, in decimal. */
export interface CatalogItem {
  id: string;
  name: string;
  storageGb: number;
  monthly: number;
  annually: number;
}

/** One of them; a year costs ten months. */
export function item(id: string, name: string, storageGb: number, monthly: number): CatalogItem {
  return { id, name, storageGb, monthly, annually: monthly * 10 };
}
