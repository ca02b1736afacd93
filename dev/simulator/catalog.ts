import { type CatalogItem, item } from './items';

/** Simulated service type with its rules. Every add-on fits every product of the type. */
export interface ServiceType {
  id: string;
  name: string;
  allowMultiple: boolean;
  /** Maximum number of licenses of a product in one subscription. 0 means no limit. */
  quantityLimit: number;
  cancelsAtOnce: boolean;
  products: CatalogItem[];
  addons: CatalogItem[];
  /** Whether the service type is offered to new customers. */
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
    // It moved to the broker. Existing subscriptions stay here.
    offered: false,
    products: [
      item('CB-WORKSTATION', 'Backup for a workstation', 250, 4),
      item('CB-SERVER', 'Backup for a server', 1_000, 15),
    ],
    addons: [item('CB-ARCHIVE-100GB', 'Archive 100 GB', 100, 1)],
  },
];
