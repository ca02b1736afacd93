import 'i18next';

declare module 'i18next' {
  /** Keys of texts are checked against the English ones. Their values stay strings: other languages have others. */
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof import('../../locales/en/common.json');
      automation: typeof import('../../locales/en/automation.json');
      errors: typeof import('../../locales/de/errors.json');
      catalog: typeof import('../../locales/en/catalog.json');
      links: typeof import('../../locales/en/links.json');
      live: typeof import('../../locales/en/live.json');
      money: typeof import('../../locales/en/money.json');
      office: typeof import('../../locales/en/office.json');
      overview: typeof import('../../locales/en/overview.json');
      partners: typeof import('../../locales/en/partners.json');
      storefront: typeof import('../../locales/en/storefront.json');
      subscriptions: typeof import('../../locales/en/subscriptions.json');
    };
  }
}
