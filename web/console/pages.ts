import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import {
  type Audience,
  administrators,
  buyers,
  deciders,
  everybody,
  keyOwners,
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
  /** Place in the menu. The label is a key of `common:pages`. */
  readonly menu?: { readonly section: (typeof SECTIONS)[number]; readonly label: Label };
}
type Label = keyof typeof import('../locales/en/common.json')['pages'];

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
    menu: { section: 'shop', label: 'shop' },
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
    menu: { section: 'shop', label: 'basket' },
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
    menu: { section: 'operations', label: 'overview' },
  },
  {
    path: '/office/orders',
    audience: staff,
    component: load(() => import('./office/orders'), 'OfficeOrders'),
    menu: { section: 'operations', label: 'orders' },
  },
  {
    path: '/office/place',
    audience: staff,
    component: load(() => import('./office/place-order'), 'PlaceOrder'),
    menu: { section: 'operations', label: 'placeOrder' },
  },
  {
    path: '/orders',
    audience: buyers,
    component: load(() => import('./storefront/orders'), 'MyOrders'),
    menu: { section: 'operations', label: 'orders' },
  },
  {
    path: '/orders/:id',
    audience: everybody,
    component: load(() => import('./storefront/order-page'), 'OrderPage'),
  },
  {
    path: '/subscriptions',
    audience: everybody,
    component: load(() => import('./storefront/subscriptions'), 'Subscriptions'),
    menu: { section: 'operations', label: 'subscriptions' },
  },
  {
    path: '/subscriptions/:id',
    audience: everybody,
    component: load(() => import('./storefront/subscription-page'), 'SubscriptionPage'),
  },
  {
    path: '/office/cancellations',
    audience: deciders,
    component: load(() => import('./office/cancellations'), 'Cancellations'),
    menu: { section: 'operations', label: 'cancellations' },
  },
  {
    path: '/office/failures',
    audience: staff,
    component: load(() => import('./office/failures'), 'Failures'),
    menu: { section: 'operations', label: 'failures' },
  },
  {
    path: '/live',
    audience: everybody,
    component: load(() => import('./live/live-operations'), 'LiveOperations'),
    menu: { section: 'operations', label: 'live' },
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
    menu: { section: 'administration', label: 'apiKeys' },
  },
  {
    path: '/webhooks',
    audience: webhookOwners,
    component: load(() => import('./automation/webhooks/webhooks'), 'Webhooks'),
    menu: { section: 'administration', label: 'webhooks' },
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
    menu: { section: 'administration', label: 'mails' },
  },
  {
    path: '/audit',
    audience: administrators,
    component: load(() => import('./history/audit-page'), 'AuditPage'),
    menu: { section: 'administration', label: 'audit' },
  },
  {
    path: '/providers',
    audience: staff,
    component: load(() => import('./automation/providers/providers'), 'Providers'),
    menu: { section: 'administration', label: 'providers' },
  },
  {
    path: '/customers',
    audience: deciders,
    component: load(() => import('./partners/customers'), 'Customers'),
    menu: { section: 'customers', label: 'customers' },
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
    menu: { section: 'customers', label: 'account' },
  },
  {
    path: '/users',
    audience: administrators,
    component: load(() => import('./partners/users'), 'Users'),
    menu: { section: 'administration', label: 'users' },
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
    menu: { section: 'administration', label: 'settings' },
  },
  {
    path: '/api-keys',
    audience: keyOwners,
    component: load(() => import('./automation/keys/api-keys'), 'ApiKeys'),
    menu: { section: 'administration', label: 'apiKeys' },
  },
  {
    path: '/catalog/products',
    audience: administrators,
    component: load(() => import('./catalog/products'), 'CatalogProducts'),
    menu: { section: 'catalog', label: 'products' },
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
    menu: { section: 'catalog', label: 'addons' },
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
    menu: { section: 'catalog', label: 'categories' },
  },
  {
    path: '/catalog/price-lists',
    audience: administrators,
    component: load(() => import('./catalog/price-lists'), 'PriceLists'),
    menu: { section: 'catalog', label: 'priceLists' },
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
    menu: { section: 'catalog', label: 'imports' },
  },
  {
    path: '/catalog/imports/:id',
    audience: administrators,
    component: load(() => import('./catalog/import-page'), 'ImportPage'),
  },
  {
    path: '/providers',
    audience: staff,
    component: load(() => import('./automation/providers/providers'), 'Providers'),
    menu: { section: 'administration', label: 'providers' },
  },
  {
    path: '/settings',
    audience: everybody,
    component: load(() => import('./settings/settings-page'), 'Settings'),
    menu: { section: 'administration', label: 'settings' },
  },
];

/** Pages that the menu shows to a viewer, by section. Empty sections are left out. */
export const menuOf = (viewer: Viewer) =>
  SECTIONS.map(section => ({
    section,
    pages: PAGES.flatMap(({ path, audience, menu }) =>
      menu?.section === section && audience(viewer) ? [{ path, label: menu.label }] : [],
    ),
  })).filter(({ pages }) => pages.length > 0);

/** First page of a viewer. */
export const homeOf = (viewer: Viewer): string => (staff(viewer) ? '/overview' : '/shop');
