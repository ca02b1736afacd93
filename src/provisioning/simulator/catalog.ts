/** An item of the simulated vendor's catalog; prices are EUR a month and a year, in decimal. */
export interface CatalogItem {
  id: string;
  name: string;
  storageGb: number;
  monthly: number;
  annually: number;
}

/** A simulated service type with its rules; every add-on fits every product of its type. */
export interface ServiceType {
  id: string;
  name: string;
  allowMultiple: boolean;
  /** The most licenses of a product in one subscription; 0 is no limit. */
  quantityLimit: number;
  cancelsAtOnce: boolean;
  products: CatalogItem[];
  addons: CatalogItem[];
}

/** What the simulated vendor sells. */
export const SERVICE_TYPES: ServiceType[] = [
  {
    id: 'ImpossibleCloudStorage',
    name: 'Impossible Cloud Storage',
    allowMultiple: false,
    quantityLimit: 1,
    cancelsAtOnce: false,
    products: [
      item('IC-BASE-1TB', 'Impossible Cloud 1 TB', 1_000, 8),
      item('IC-BASE-5TB', 'Impossible Cloud 5 TB', 5_000, 38),
      item('IC-BASE-10TB', 'Impossible Cloud 10 TB', 10_000, 72),
    ],
    addons: [item('IC-ADD-1TB', '+1 TB', 1_000, 7.5), item('IC-ADD-5TB', '+5 TB', 5_000, 36)],
  },
  {
    id: 'CloudBackup',
    name: 'Cloud Backup',
    allowMultiple: true,
    quantityLimit: 0,
    cancelsAtOnce: true,
    products: [
      item('CB-WORKSTATION', 'Backup for a workstation', 250, 4),
      item('CB-SERVER', 'Backup for a server', 1_000, 15),
    ],
    addons: [item('CB-ARCHIVE-100GB', 'Archive 100 GB', 100, 1)],
  },
];

function item(id: string, name: string, storageGb: number, monthly: number): CatalogItem {
  return { id, name, storageGb, monthly, annually: monthly * 10 };
}
