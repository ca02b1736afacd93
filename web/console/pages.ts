import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import {
  type Audience,
  administrators,
  buyers,
  deciders,
  everybody,
  keyOwners,
  payers,
  resellers,
  staff,
  webhookOwners,
} from './session/audience';
import type { Viewer } from './session/viewer';

/** Sections of the menu, in their order. */
export const SECTIONS = ['shop', 'operations', 'customers', 'catalog', 'administration'] as const;

// biome-ignore lint/suspicious/noExplicitAny: the parameters of its path are its properties
type PageComponent = ComponentType<any>;

/** Page of the console. */
export interface ConsolePage {
  /** Pattern of its address. A parameter is a property of the component. */
  readonly path: string;
  readonly audience: Audience;
  readonly component: LazyExoticComponent<PageComponent>;
  /** Place in the menu. The name is a key of `common:pages`. */
  readonly menu?: { readonly section: (typeof SECTIONS)[number]; readonly name: Name };
}
type Name = keyof typeof import('../locales/en/common.json')['pages'];

/** Loads the component of a page when the page is first opened. */
const load = <Name extends string>(
  file: () => Promise<Record<Name, PageComponent>>,
  name: Name,
): ConsolePage['component'] => lazy(async () => ({ default: (await file())[name] }));

/** Pages, with whom they are for and where the menu has them. The first that matches an address is opened. */
export const PAGES: readonly ConsolePage[] = [
  {
    path: '/shop',
    audience: buyers,
    component: load(() => import('./storefront/catalog'), 'Catalog'),
    menu: { section: 'shop', name: 'shop' },
  },
  {
    path: '/shop/:sku',
    audience: buyers,
    component: load(() => import('./storefront/product-page'), 'ProductPage'),
  },
  {
    path: '/basket',
    audience: buyers,
    component: load(() => import('./storefront/basket-page'), 'BasketPage'),
    menu: { section: 'shop', name: 'basket' },
  },
  {
    path: '/checkout',
    audience: buyers,
    component: load(() => import('./storefront/checkout'), 'Checkout'),
  },
  {
    path: '/overview',
    audience: staff,
    component: load(() => import('./overview/overview'), 'Overview'),
    menu: { section: 'operations', name: 'overview' },
  },
  {
    path: '/office/orders',
    audience: staff,
    component: load(() => import('./office/orders'), 'OfficeOrders'),
    menu: { section: 'operations', name: 'orders' },
  },
  {
    path: '/office/place',
    audience: staff,
    component: load(() => import('./office/place-order'), 'PlaceOrder'),
    menu: { section: 'operations', name: 'placeOrder' },
  },
  {
    path: '/orders',
    audience: buyers,
    component: load(() => import('./storefront/orders'), 'MyOrders'),
    menu: { section: 'operations', name: 'orders' },
  },
  {
    path: '/orders/:id',
    audience: everybody,
    component: load(() => import('./storefront/order-page'), 'OrderPage'),
  },
  {
    path: '/subscriptions',
    audience: everybody,
    component: load(() => import('./subscriptions/subscriptions'), 'Subscriptions'),
    menu: { section: 'operations', name: 'subscriptions' },
  },
  {
    path: '/subscriptions/:id',
    audience: everybody,
    component: load(() => import('./subscriptions/subscription-page'), 'SubscriptionPage'),
  },
  {
    path: '/subscriptions/:id/change',
    audience: everybody,
    component: load(() => import('./subscriptions/change-page'), 'ChangePage'),
  },
  {
    path: '/office/changes',
    audience: deciders,
    component: load(() => import('./subscriptions/changes'), 'Changes'),
    menu: { section: 'operations', name: 'changes' },
  },
  {
    path: '/charges',
    audience: payers,
    component: load(() => import('./money/charges'), 'Charges'),
    menu: { section: 'operations', name: 'charges' },
  },
  {
    path: '/retail-prices',
    audience: resellers,
    component: load(() => import('./money/retail-prices'), 'RetailPrices'),
    menu: { section: 'catalog', name: 'retailPrices' },
  },
  {
    path: '/office/cancellations',
    audience: deciders,
    component: load(() => import('./office/cancellations'), 'Cancellations'),
    menu: { section: 'operations', name: 'cancellations' },
  },
  {
    path: '/office/failures',
    audience: staff,
    component: load(() => import('./office/failures'), 'Failures'),
    menu: { section: 'operations', name: 'failures' },
  },
  {
    path: '/live',
    audience: everybody,
    component: load(() => import('./live/live-operations'), 'LiveOperations'),
    menu: { section: 'operations', name: 'live' },
  },
  {
    path: '/live/:id',
    audience: everybody,
    component: load(() => import('./live/operation-page'), 'OperationPage'),
  },
  {
    path: '/api-keys',
    audience: keyOwners,
    component: load(() => import('./automation/keys/api-keys'), 'ApiKeys'),
    menu: { section: 'administration', name: 'apiKeys' },
  },
  {
    path: '/webhooks',
    audience: webhookOwners,
    component: load(() => import('./automation/webhooks/webhooks'), 'Webhooks'),
    menu: { section: 'administration', name: 'webhooks' },
  },
  {
    path: '/webhooks/:id',
    audience: webhookOwners,
    component: load(() => import('./automation/webhooks/webhook-page'), 'WebhookPage'),
  },
  {
    path: '/mails',
    audience: administrators,
    component: load(() => import('./automation/mails/mails'), 'Mails'),
    menu: { section: 'administration', name: 'mails' },
  },
  {
    path: '/audit',
    audience: administrators,
    component: load(() => import('./history/audit-page'), 'AuditPage'),
    menu: { section: 'administration', name: 'audit' },
  },
  {
    path: '/providers',
    audience: staff,
    component: load(() => import('./automation/providers/providers'), 'Providers'),
    menu: { section: 'administration', name: 'providers' },
  },
  {
    path: '/customers',
    audience: deciders,
    component: load(() => import('./partners/customers'), 'Customers'),
    menu: { section: 'customers', name: 'customers' },
  },
  {
    path: '/customers/new',
    audience: deciders,
    component: load(() => import('./partners/create-account'), 'CreateAccount'),
  },
  {
    path: '/customers/:id',
    audience: everybody,
    component: load(() => import('./partners/account-page'), 'AccountPage'),
  },
  {
    path: '/account',
    audience: buyers,
    component: load(() => import('./partners/account-page'), 'OwnAccount'),
    menu: { section: 'customers', name: 'account' },
  },
  {
    path: '/users',
    audience: administrators,
    component: load(() => import('./partners/users'), 'Users'),
    menu: { section: 'administration', name: 'users' },
  },
  {
    path: '/users/:id',
    audience: administrators,
    component: load(() => import('./partners/user-page'), 'UserPage'),
  },
  {
    path: '/settings',
    audience: everybody,
    component: load(() => import('./settings/settings-page'), 'Settings'),
    menu: { section: 'administration', name: 'settings' },
  },
  {
    path: '/catalog/products',
    audience: administrators,
    component: load(() => import('./catalog/products'), 'CatalogProducts'),
    menu: { section: 'catalog', name: 'products' },
  },
  {
    path: '/catalog/products/new',
    audience: administrators,
    component: load(() => import('./catalog/new-product'), 'NewProduct'),
  },
  {
    path: '/catalog/products/:id',
    audience: administrators,
    component: load(() => import('./catalog/product-page'), 'CatalogProductPage'),
  },
  {
    path: '/catalog/addons',
    audience: administrators,
    component: load(() => import('./catalog/addons'), 'CatalogAddons'),
    menu: { section: 'catalog', name: 'addons' },
  },
  {
    path: '/catalog/addons/new',
    audience: administrators,
    component: load(() => import('./catalog/new-addon'), 'NewAddon'),
  },
  {
    path: '/catalog/addons/:id',
    audience: administrators,
    component: load(() => import('./catalog/addon-page'), 'CatalogAddonPage'),
  },
  {
    path: '/catalog/categories',
    audience: administrators,
    component: load(() => import('./catalog/categories'), 'Categories'),
    menu: { section: 'catalog', name: 'categories' },
  },
  {
    path: '/catalog/price-lists',
    audience: administrators,
    component: load(() => import('./catalog/price-lists'), 'PriceLists'),
    menu: { section: 'catalog', name: 'priceLists' },
  },
  {
    path: '/catalog/price-lists/:id',
    audience: administrators,
    component: load(() => import('./catalog/price-list-page'), 'PriceListPage'),
  },
  {
    path: '/catalog/prices/:itemId/:priceListId/:billingCycle',
    audience: administrators,
    component: load(() => import('./catalog/past-prices'), 'PastPrices'),
  },
  {
    path: '/catalog/imports',
    audience: administrators,
    component: load(() => import('./catalog/imports'), 'Imports'),
    menu: { section: 'catalog', name: 'imports' },
  },
  {
    path: '/catalog/imports/:id',
    audience: administrators,
    component: load(() => import('./catalog/import-page'), 'ImportPage'),
  },
];

/** Pages that the menu shows to a viewer, by section. Empty sections are left out. */
export const menuOf = (viewer: Viewer) =>
  SECTIONS.map(section => ({
    section,
    pages: PAGES.flatMap(({ path, audience, menu }) =>
      menu?.section === section && audience(viewer) ? [{ path, name: menu.name }] : [],
    ),
  })).filter(({ pages }) => pages.length > 0);

/** First page of a viewer. */
export const homeOf = (viewer: Viewer): string => (staff(viewer) ? '/overview' : '/shop');
