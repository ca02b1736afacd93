import { recordCatalogChange } from '../../src/catalog';
import type { Transaction } from '../../src/database';
import {
  AccountKind,
  Addon,
  BillingCycle,
  CancellationPolicy,
  Category,
  ListedPrice,
  PriceList,
  Product,
  ProductAddon,
  Service,
} from '../../src/entities';
import { insertInto } from '../../src/store';
import { demoId } from './ids';

const TB = 1_000_000_000_000;
const GB = 1_000_000_000;

/** Id of the resellers' price list. */
export const RESELLER_LIST = demoId('pl', 'reseller');
const PUBLIC_LIST = demoId('pl', 'public');

interface DemoService {
  service: Partial<Service>;
  category: Partial<Category>;
  /** SKU, name, bytes and monthly price in cents. */
  products: readonly [sku: string, name: string, bytes: number, monthlyMinor: number][];
  addons: readonly (readonly [
    sku: string,
    name: string,
    bytes: number,
    monthlyMinor: number,
    most: number | null,
  ])[];
}

/** Two services with opposite ordering rules. */
const demoServices: readonly DemoService[] = [
  {
    service: {
      id: demoId('svc', 'impossible-cloud-storage'),
      code: 'impossible-cloud-storage',
      name: 'Impossible Cloud Storage',
      quantityLimit: 1,
      allowMultipleSubscriptions: false,
      recipientKinds: [AccountKind.CUSTOMER, AccountKind.AFFILIATE],
      cancellationPolicy: CancellationPolicy.REQUIRES_DECISION,
      changePolicies: { REDUCE_ADDONS: 'REQUIRES_DECISION', DOWNGRADE: 'REQUIRES_DECISION' },
      provider: 'impossible-cloud',
      providerServiceType: 'ImpossibleCloudStorage',
    },
    category: {
      id: demoId('cat', 'impossible-cloud'),
      slug: 'impossible-cloud',
      name: 'Impossible Cloud',
      description: 'S3-compatible storage from European data centres, without egress fees.',
      position: 1,
    },
    products: [
      ['IC-BASE-1TB', 'Impossible Cloud 1 TB', TB, 800],
      ['IC-BASE-5TB', 'Impossible Cloud 5 TB', 5 * TB, 3750],
      ['IC-BASE-10TB', 'Impossible Cloud 10 TB', 10 * TB, 7000],
    ],
    addons: [
      ['IC-ADD-1TB', 'Impossible Cloud +1 TB', TB, 750, 100],
      ['IC-ADD-5TB', 'Impossible Cloud +5 TB', 5 * TB, 3600, 20],
    ],
  },
  {
    service: {
      id: demoId('svc', 'cloud-backup'),
      code: 'cloud-backup',
      name: 'Cloud Backup',
      quantityLimit: null,
      allowMultipleSubscriptions: true,
      recipientKinds: [AccountKind.CUSTOMER, AccountKind.AFFILIATE],
      cancellationPolicy: CancellationPolicy.AUTOMATIC,
      changePolicies: { REDUCE_ADDONS: 'AUTOMATIC', DOWNGRADE: 'AUTOMATIC' },
      provider: 'open-service-broker',
      providerServiceType: 'CloudBackup',
    },
    category: {
      id: demoId('cat', 'cloud-backup'),
      slug: 'cloud-backup',
      name: 'Cloud Backup',
      description: 'Backup of workstations and servers, a license for each.',
      position: 2,
    },
    products: [
      ['CB-WORKSTATION', 'Cloud Backup Workstation', 250 * GB, 450],
      ['CB-SERVER', 'Cloud Backup Server', TB, 1900],
    ],
    addons: [['CB-ARCHIVE-100GB', 'Cloud Backup Archive +100 GB', 100 * GB, 180, null]],
  },
];

/** Writes the demo catalog. Resellers pay 80 % of the public price; a year costs ten months. */
export async function insertCatalog(tx: Transaction): Promise<void> {
  await recordCatalogChange(tx, 'The demo catalog.');
  await tx.insert(PriceList, [
    { id: PUBLIC_LIST, code: 'public', currency: 'EUR', isDefault: true },
    { id: RESELLER_LIST, code: 'reseller', currency: 'EUR', isDefault: false },
  ]);
  for (const demo of demoServices) await insertService(tx, demo);
}

async function insertService(
  tx: Transaction,
  { service, category, products, addons }: DemoService,
): Promise<void> {
  await tx.insert(Service, [service]);
  await tx.insert(Category, [category]);
  const productRows = products.map(([sku, name, capacityBytes], index) => ({
    id: demoId('prod', sku),
    sku,
    slug: sku.toLowerCase(),
    name,
    description: `A license of ${service.name} with ${capacityBytes / GB >= 1000 ? `${capacityBytes / TB} TB` : `${capacityBytes / GB} GB`}.`,
    serviceId: service.id ?? '',
    categoryId: category.id ?? '',
    capacityBytes,
    published: true,
    providerAttributes: { storage_gb: String(capacityBytes / GB) },
    position: index + 1,
  }));
  const addonRows = addons.map(([sku, name, incrementBytes, , maxQuantity]) => ({
    id: demoId('add', sku),
    sku,
    name,
    description: 'More storage for the same license.',
    incrementBytes,
    minQuantity: 1,
    maxQuantity,
    published: true,
    providerAttributes: { storage_gb: String(incrementBytes / GB) },
  }));
  await insertInto(tx, Product, productRows);
  await tx.insert(Addon, addonRows);
  await tx.insert(
    ProductAddon,
    productRows.flatMap(product =>
      addonRows.map((addon, index) => ({ productId: product.id, addonId: addon.id, position: index + 1 })),
    ),
  );
  const items: [id: string, monthlyMinor: number][] = [
    ...products.map(([sku, , , minor]) => [demoId('prod', sku), minor] as [string, number]),
    ...addons.map(([sku, , , minor]) => [demoId('add', sku), minor] as [string, number]),
  ];
  await tx.insert(
    ListedPrice,
    items.flatMap(([itemId, minor]) => pricesOf(itemId, minor)),
  );
}

function pricesOf(itemId: string, monthlyMinor: number): Partial<ListedPrice>[] {
  return [
    { priceListId: PUBLIC_LIST, itemId, billingCycle: BillingCycle.MONTHLY, unitMinor: monthlyMinor },
    { priceListId: PUBLIC_LIST, itemId, billingCycle: BillingCycle.ANNUALLY, unitMinor: monthlyMinor * 10 },
    { priceListId: RESELLER_LIST, itemId, billingCycle: BillingCycle.MONTHLY, unitMinor: monthlyMinor * 0.8 },
    { priceListId: RESELLER_LIST, itemId, billingCycle: BillingCycle.ANNUALLY, unitMinor: monthlyMinor * 8 },
  ];
}
