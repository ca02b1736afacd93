import { createHash } from 'node:crypto';
import type { Contender } from './processes';

/** The body of a request. */
export const bodyOf = (query: string, variables: object) => JSON.stringify({ query, variables });

/** A page of the catalog: 20 products with category, prices and five add-ons each. */
export const CATALOG_PAGE = `query Catalog($first: Int) {
  products(first: $first) {
    nodes { id sku name capacityBytes category { id name }
      prices { billingCycle unitPrice { amount currency } }
      addons { sku name incrementBytes } }
  }
}`;

/** One product with all that its page shows. */
export const PRODUCT_PAGE = `query Product($sku: String) {
  product(sku: $sku) {
    id sku slug name description capacityBytes
    category { id name } service { id name }
    prices { billingCycle unitPrice { amount currency } }
    addons { id sku name description incrementBytes minQuantity maxQuantity
      prices { billingCycle unitPrice { amount currency } } }
  }
}`;

/** Twenty subscriptions with account, product, add-ons and what was done about them last. */
export const SUBSCRIPTIONS = `query Subscriptions($first: Int) {
  subscriptions(first: $first) {
    nodes { id friendlyName state syncState capacityBytes createdAt
      account { id name } product { id name }
      addons { quantity addon { id name } }
      operations { id kind state createdAt } }
  }
}`;

/** Throws unless all of them answer alike: what is not the same work cannot be compared. Gives the answer back. */
export async function sameAnswer(
  contenders: readonly Contender[],
  body: string,
  headers: Record<string, string> = {},
): Promise<string> {
  let first = '';
  for (const { name, url } of contenders) {
    for (let time = 0; time < 3; time += 1) {
      const response = await fetch(new URL('/graphql', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      const text = await response.text();
      const { data, errors } = JSON.parse(text) as { data: unknown; errors?: unknown };
      if (errors) throw new Error(`${name} answers ${text.slice(0, 500)}`);
      const print = JSON.stringify(data);
      first ||= print;
      if (digest(print) !== digest(first)) {
        const at = [...first].findIndex((letter, index) => letter !== print[index]) - 60;
        throw new Error(
          `${name} answers otherwise:\n${print.slice(at, at + 200)}\n${first.slice(at, at + 200)}`,
        );
      }
    }
  }
  return JSON.stringify({ data: JSON.parse(first) });
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
