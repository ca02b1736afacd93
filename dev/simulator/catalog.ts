import { type CatalogItem, item } from './items';

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
  /** Whether it is still offered to those who have none. */
  offered: boolean;
}

/** Catalog of the simulated vendor. */
export const SERVICE_TYPES: ServiceType[] = [
  {
    id: 'ImpossibleCloudStorage',
    name: 'Impossible Cloud Storage',
    allowMultiple: false,
    quantityLimit: 1,
    cancelsAtOnce: false,
    offered: true,
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
    // It moved to the broker; what was sold before goes on here.
    offered: false,
    products: [
      item('CB-WORKSTATION', 'Backup for a workstation', 250, 4),
      item('CB-SERVER', 'Backup for a server', 1_000, 15),
    ],
    addons: [item('CB-ARCHIVE-100GB', 'Archive 100 GB', 100, 1)],
  },
];
