import { type CatalogItem, item } from '../items';

/** Catalog of the broker: one service, its plans and add-ons. Prices are in EUR, per month and per year. */
export const SERVICE = {
  id: 'CloudBackup',
  name: 'cloud-backup-service',
  displayName: 'Cloud Backup',
  plans: [
    item('CB-WORKSTATION', 'Backup for a workstation', 250, 4),
    item('CB-SERVER', 'Backup for a server', 1_000, 15),
  ],
  addons: [item('CB-ARCHIVE-100GB', 'Archive 100 GB', 100, 1)],
};

/** Body of `v2/catalog`. */
export function brokerCatalog(): object {
  return {
    services: [
      {
        id: SERVICE.id,
        name: SERVICE.name,
        description: 'Backup of workstations and servers',
        bindable: false,
        plan_updateable: true,
        instances_retrievable: true,
        metadata: {
          displayName: SERVICE.displayName,
          quantityLimit: null,
          allowMultiple: true,
          cancelsAtOnce: true,
          addons: SERVICE.addons.map(addon => ({
            id: addon.id,
            plans: SERVICE.plans.map(({ id }) => id),
            metadata: metadata(addon),
          })),
        },
        plans: SERVICE.plans.map(plan => ({
          id: plan.id,
          name: plan.id.toLowerCase(),
          description: plan.name,
          free: false,
          maximum_polling_duration: 3600,
          metadata: metadata(plan),
        })),
      },
    ],
  };
}

function metadata({ name, storageGb, monthly, annually }: CatalogItem): object {
  return {
    displayName: name,
    storage_gb: storageGb,
    costs: [
      { amount: { eur: monthly }, unit: 'MONTHLY' },
      { amount: { eur: annually }, unit: 'ANNUALLY' },
    ],
  };
}
