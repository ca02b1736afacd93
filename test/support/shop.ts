import { randomUUID } from 'node:crypto';
import type { Answer } from './gateway';

/** A basket with all that tests look at. */
const BASKET = `
  id version step recipient { id name } billingConfirmedAt total { amount currency }
  lines { id product { sku } subscription { id } billingCycle quantity friendlyName unitPrice { amount } total { amount }
    capacityBytes addons { addon { sku } quantity unitPrice { amount } total { amount } } }
  problems { code path message }`;

/** An order with all that tests look at. */
export const ORDER = `
  id number version state source total { amount currency } recipient { id name } reseller { name }
  placedBy { email } executedBy { email } billing { company }
  lines { id quantity friendlyName total { amount } subscription { id state syncState } }
  operations { id kind state progress steps { name state attempts error { code message providerCode } } }`;

/** Every field that the kinds of errors have. */
export const ERRORS = `errors { __typename code message path
  ... on ActiveSubscriptionExistsError { subscription { id } }
  ... on QuantityLimitError { minQuantity maxQuantity }
  ... on VersionConflictError { currentVersion }
  ... on CancellationAlreadyRequestedError { request { id } }
  ... on ChangeAlreadyRequestedError { change { id } }
  ... on ProviderRejectedError { providerCode } }`;

/** A new idempotency key. */
export const newKey = () => randomUUID();

/** A gateway in this process or in another. */
interface Storefront {
  token(email: string): Promise<string>;
  send(token: string, query: string, variables?: object): Promise<{ data: any; errors?: Answer['errors'] }>;
}

/** What a storefront does, as one user. */
export function shopper(gateway: Storefront, email: string) {
  const call = async (field: string, type: string, input: object | undefined, selection: string) => {
    const token = await gateway.token(email);
    const document = input
      ? `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} ${ERRORS} } }`
      : `mutation { ${field} { ${selection} ${ERRORS} } }`;
    const { data, errors } = await gateway.send(token, document, input ? { input } : {});
    if (errors) throw new Error(JSON.stringify(errors));
    return data[field];
  };
  const self = {
    send: async (query: string, variables: object = {}) =>
      gateway.send(await gateway.token(email), query, variables),
    basket: async () => (await self.send(`{ basket { ${BASKET} } }`)).data.basket,
    add: (input: object) => call('addToBasket', 'AddToBasketInput', input, `basket { ${BASKET} }`),
    update: (input: object) =>
      call('updateBasketLine', 'UpdateBasketLineInput', input, `basket { ${BASKET} }`),
    remove: (input: object) =>
      call('removeBasketLine', 'RemoveBasketLineInput', input, `basket { ${BASKET} }`),
    empty: () => call('emptyBasket', '', undefined, `basket { ${BASKET} }`),
    choose: (input: object) => call('chooseRecipient', 'ChooseRecipientInput', input, `basket { ${BASKET} }`),
    confirm: (input: object = {}) =>
      call('confirmBilling', 'ConfirmBillingInput', input, `basket { ${BASKET} }`),
    checkout: (input: object) => call('checkout', 'CheckoutInput', input, `order { ${ORDER} }`),
    /** Any other mutation. */
    call,
    /** Fills the basket, confirms and checks out; `recipient` is for resellers. */
    async order(line: object, recipient?: string, references: object = {}) {
      await self.add(line);
      if (recipient) await self.choose({ accountId: recipient });
      const { basket } = await self.confirm();
      return self.checkout({ basketId: basket.id, idempotencyKey: newKey(), ...references });
    },
  };
  return self;
}
