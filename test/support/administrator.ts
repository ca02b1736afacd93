import type { TestGateway } from './gateway';
import { ERRORS, shopper } from './shop';

const CATEGORY = 'category { id version slug name description parent { slug } }';
const PRODUCT = `product { id version state sku slug name description capacityBytes category { slug } service { code }
  addons { sku } assignedAddons { sku } providerAttributes { name value }
  listedPrices { priceList { code } billingCycle version unitPrice { amount currency } setBy { email } } }`;
const ADDON = `addon { id version state sku name description incrementBytes minQuantity maxQuantity
  providerAttributes { name value } listedPrices { version unitPrice { amount } } }`;
const ACCOUNT = `account { id version kind name email active billing { company } reseller { name }
  accountManager { email } priceList { code currency } }`;
const USER = 'user { id version name email roles active account { name } }';

/** What every mutation of administrators answers with, by its name. */
const selections = {
  createCategory: CATEGORY,
  updateCategory: CATEGORY,
  createProduct: PRODUCT,
  updateProduct: PRODUCT,
  publishProduct: PRODUCT,
  retireProduct: PRODUCT,
  setProductAddons: PRODUCT,
  createAddon: ADDON,
  updateAddon: ADDON,
  publishAddon: ADDON,
  retireAddon: ADDON,
  createPriceList: 'priceList { id code currency isDefault }',
  setPrice: 'price { priceList { code } billingCycle version unitPrice { amount currency } setBy { email } }',
  createAccount: ACCOUNT,
  updateAccount: ACCOUNT,
  deactivateAccount: ACCOUNT,
  activateAccount: ACCOUNT,
  assignAccountManager: ACCOUNT,
  assignPriceList: ACCOUNT,
  createUser: `${USER} oneTimePassword`,
  updateUser: USER,
  deactivateUser: USER,
  activateUser: USER,
  resetUserPassword: `${USER} oneTimePassword`,
  setUserRoles: USER,
} as const;

/** A mutation of administrators. */
export type AdminMutation = keyof typeof selections;

const inputType = (name: AdminMutation) => `${name[0]?.toUpperCase()}${name.slice(1)}Input`;

/** The document of a mutation. */
export const adminDocument = (name: AdminMutation): string =>
  `mutation ($input: ${inputType(name)}!) { ${name}(input: $input) { ${selections[name]} ${ERRORS} } }`;

/** What an administrator does. */
export function administrator(gateway: TestGateway, email = 'admin@bss.example') {
  const { call, send } = shopper(gateway, email);
  const ask = (name: AdminMutation, input: object) => call(name, inputType(name), input, selections[name]);
  return {
    /** Asks; refusals are in the answer. */
    ask,
    /** Does it, and has to be let. */
    async does(name: AdminMutation, input: object) {
      const { errors, ...answer } = await ask(name, input);
      expect(errors).toEqual([]);
      return answer;
    },
    /** A query. */
    async reads(query: string, variables: object = {}) {
      const { data, errors } = await send(query, variables);
      expect(errors).toBeUndefined();
      return data;
    },
  };
}

/** What `administrator` gives. */
export type Administrator = ReturnType<typeof administrator>;
