import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { loadTexts, type Namespace } from './i18n';
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

/**
 * Loads the component of a page, and the texts of everything on it, when the page is first opened. Texts that a part of the
 * page loaded later would hide the whole page meanwhile.
 */
const load = <Name extends string>(
  file: () => Promise<Record<Name, PageComponent>>,
  name: Name,
  texts: readonly Namespace[],
): ConsolePage['component'] =>
  lazy(async () => {
    const [loaded] = await Promise.all([file(), loadTexts(texts)]);
    return { default: loaded[name] };
  });

/** Pages, with whom they are for and where the menu has them. The first that matches an address is opened. */
export const PAGES: readonly ConsolePage[] = [
  {
    path: '/shop',
    audience: buyers,
    component: load(() => import('./storefront/catalog'), 'Catalog', ['storefront']),
    menu: { section: 'shop', name: 'shop' },
  },
  {
    path: '/shop/:sku',
    audience: buyers,
    component: load(() => import('./storefront/product-page'), 'ProductPage', ['storefront']),
  },
  {
    path: '/basket',
    audience: buyers,
    component: load(() => import('./storefront/basket-page'), 'BasketPage', ['storefront']),
    menu: { section: 'shop', name: 'basket' },
  },
  {
    path: '/checkout',
    audience: buyers,
    component: load(() => import('./storefront/checkout'), 'Checkout', ['storefront']),
  },
  {
    path: '/overview',
    audience: staff,
    component: load(() => import('./overview/overview'), 'Overview', ['overview']),
    menu: { section: 'operations', name: 'overview' },
  },
  {
    path: '/office/orders',
    audience: staff,
    component: load(() => import('./office/orders'), 'OfficeOrders', ['office']),
    menu: { section: 'operations', name: 'orders' },
  },
  {
    path: '/office/place',
    audience: staff,
    component: load(() => import('./office/place-order'), 'PlaceOrder', ['office', 'storefront']),
    menu: { section: 'operations', name: 'placeOrder' },
  },
  {
    path: '/orders',
    audience: buyers,
    component: load(() => import('./storefront/orders'), 'MyOrders', ['office']),
    menu: { section: 'operations', name: 'orders' },
  },
  {
    path: '/orders/:id',
    audience: everybody,
    component: load(() => import('./storefront/order-page'), 'OrderPage', [
      'automation',
      'office',
      'storefront',
      'subscriptions',
    ]),
  },
  {
    path: '/subscriptions',
    audience: everybody,
    component: load(() => import('./subscriptions/subscriptions'), 'Subscriptions', ['subscriptions']),
    menu: { section: 'operations', name: 'subscriptions' },
  },
  {
    path: '/subscriptions/:id',
    audience: everybody,
    component: load(() => import('./subscriptions/subscription-page'), 'SubscriptionPage', [
      'automation',
      'money',
      'storefront',
      'subscriptions',
    ]),
  },
  {
    path: '/subscriptions/:id/change',
    audience: everybody,
    component: load(() => import('./subscriptions/change-page'), 'ChangePage', ['subscriptions']),
  },
  {
    path: '/office/changes',
    audience: deciders,
    component: load(() => import('./subscriptions/changes'), 'Changes', ['automation', 'subscriptions']),
    menu: { section: 'operations', name: 'changes' },
  },
  {
    path: '/charges',
    audience: payers,
    component: load(() => import('./money/charges'), 'Charges', ['money']),
    menu: { section: 'operations', name: 'charges' },
  },
  {
    path: '/retail-prices',
    audience: resellers,
    component: load(() => import('./money/retail-prices'), 'RetailPrices', ['money']),
    menu: { section: 'catalog', name: 'retailPrices' },
  },
  {
    path: '/office/cancellations',
    audience: deciders,
    component: load(() => import('./office/cancellations'), 'Cancellations', ['automation', 'office']),
    menu: { section: 'operations', name: 'cancellations' },
  },
  {
    path: '/office/failures',
    audience: staff,
    component: load(() => import('./office/failures'), 'Failures', ['office', 'subscriptions']),
    menu: { section: 'operations', name: 'failures' },
  },
  {
    path: '/live',
    audience: everybody,
    component: load(() => import('./live/live-operations'), 'LiveOperations', ['live', 'subscriptions']),
    menu: { section: 'operations', name: 'live' },
  },
  {
    path: '/live/:id',
    audience: everybody,
    component: load(() => import('./live/operation-page'), 'OperationPage', [
      'automation',
      'live',
      'subscriptions',
    ]),
  },
  {
    path: '/api-keys',
    audience: keyOwners,
    component: load(() => import('./automation/keys/api-keys'), 'ApiKeys', ['automation']),
    menu: { section: 'administration', name: 'apiKeys' },
  },
  {
    path: '/webhooks',
    audience: webhookOwners,
    component: load(() => import('./automation/webhooks/webhooks'), 'Webhooks', ['automation']),
    menu: { section: 'administration', name: 'webhooks' },
  },
  {
    path: '/webhooks/:id',
    audience: webhookOwners,
    component: load(() => import('./automation/webhooks/webhook-page'), 'WebhookPage', ['automation']),
  },
  {
    path: '/mails',
    audience: administrators,
    component: load(() => import('./automation/mails/mails'), 'Mails', ['automation']),
    menu: { section: 'administration', name: 'mails' },
  },
  {
    path: '/audit',
    audience: administrators,
    component: load(() => import('./history/audit-page'), 'AuditPage', ['automation']),
    menu: { section: 'administration', name: 'audit' },
  },
  {
    path: '/providers',
    audience: staff,
    component: load(() => import('./automation/providers/providers'), 'Providers', ['automation']),
    menu: { section: 'administration', name: 'providers' },
  },
  {
    path: '/customers',
    audience: deciders,
    component: load(() => import('./partners/customers'), 'Customers', ['partners']),
    menu: { section: 'customers', name: 'customers' },
  },
  {
    path: '/customers/new',
    audience: deciders,
    component: load(() => import('./partners/create-account'), 'CreateAccount', ['partners']),
  },
  {
    path: '/customers/:id',
    audience: everybody,
    component: load(() => import('./partners/account-page'), 'AccountPage', ['automation', 'partners']),
  },
  {
    path: '/account',
    audience: buyers,
    component: load(() => import('./partners/account-page'), 'OwnAccount', ['automation', 'partners']),
    menu: { section: 'customers', name: 'account' },
  },
  {
    path: '/users',
    audience: administrators,
    component: load(() => import('./partners/users'), 'Users', ['automation', 'partners']),
    menu: { section: 'administration', name: 'users' },
  },
  {
    path: '/users/:id',
    audience: administrators,
    component: load(() => import('./partners/user-page'), 'UserPage', ['automation', 'partners']),
  },
  {
    path: '/settings',
    audience: everybody,
    component: load(() => import('./settings/settings-page'), 'Settings', ['partners']),
    menu: { section: 'administration', name: 'settings' },
  },
  {
    path: '/catalog/products',
    audience: administrators,
    component: load(() => import('./catalog/products'), 'CatalogProducts', ['catalog']),
    menu: { section: 'catalog', name: 'products' },
  },
  {
    path: '/catalog/products/new',
    audience: administrators,
    component: load(() => import('./catalog/new-product'), 'NewProduct', ['catalog']),
  },
  {
    path: '/catalog/products/:id',
    audience: administrators,
    component: load(() => import('./catalog/product-page'), 'CatalogProductPage', ['automation', 'catalog']),
  },
  {
    path: '/catalog/addons',
    audience: administrators,
    component: load(() => import('./catalog/addons'), 'CatalogAddons', ['catalog']),
    menu: { section: 'catalog', name: 'addons' },
  },
  {
    path: '/catalog/addons/new',
    audience: administrators,
    component: load(() => import('./catalog/new-addon'), 'NewAddon', ['catalog']),
  },
  {
    path: '/catalog/addons/:id',
    audience: administrators,
    component: load(() => import('./catalog/addon-page'), 'CatalogAddonPage', ['automation', 'catalog']),
  },
  {
    path: '/catalog/categories',
    audience: administrators,
    component: load(() => import('./catalog/categories'), 'Categories', ['automation', 'catalog']),
    menu: { section: 'catalog', name: 'categories' },
  },
  {
    path: '/catalog/price-lists',
    audience: administrators,
    component: load(() => import('./catalog/price-lists'), 'PriceLists', ['catalog']),
    menu: { section: 'catalog', name: 'priceLists' },
  },
  {
    path: '/catalog/price-lists/:id',
    audience: administrators,
    component: load(() => import('./catalog/price-list-page'), 'PriceListPage', ['automation', 'catalog']),
  },
  {
    path: '/catalog/prices/:itemId/:priceListId/:billingCycle',
    audience: administrators,
    component: load(() => import('./catalog/past-prices'), 'PastPrices', ['catalog']),
  },
  {
    path: '/catalog/imports',
    audience: administrators,
    component: load(() => import('./catalog/imports'), 'Imports', ['catalog']),
    menu: { section: 'catalog', name: 'imports' },
  },
  {
    path: '/catalog/imports/:id',
    audience: administrators,
    component: load(() => import('./catalog/import-page'), 'ImportPage', ['automation', 'catalog']),
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
