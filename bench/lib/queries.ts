import { createHash } from 'node:crypto';
import type { Contender } from './processes';

/** Returns the body of a request. */
export const bodyOf = (query: string, variables: object) => JSON.stringify({ query, variables });

/**
 * Catalog page: 20 products with category, prices and five add-ons each. No category has the slug, so requests that differ
 * in it have the same answer.
 */
export const CATALOG_PAGE = `query Catalog($first: Int, $slug: String! = "none") {
  category(slug: $slug) { id }
  products(first: $first) {
    nodes { id sku name capacityBytes category { id name }
      prices { billingCycle unitPrice { amount currency } }
      addons { sku name incrementBytes } }
  }
}`;

/** Product page. No category has the slug. */
export const PRODUCT_PAGE = `query Product($sku: String, $slug: String! = "none") {
  category(slug: $slug) { id }
  product(sku: $sku) {
    id sku slug name description capacityBytes
    category { id name } service { id name }
    prices { billingCycle unitPrice { amount currency } }
    addons { id sku name description incrementBytes minQuantity maxQuantity
      prices { billingCycle unitPrice { amount currency } } }
  }
}`;

/** List of 20 subscriptions with account, product, add-ons and operations. */
export const SUBSCRIPTIONS = `query Subscriptions($first: Int) {
  subscriptions(first: $first) {
    nodes { id friendlyName state syncState capacityBytes createdAt
      account { id name } product { id name }
      addons { quantity addon { id name } }
      operations { id kind state createdAt } }
  }
}`;

/** Returns the response of all contenders. Throws if they differ, because the comparison would be invalid. */
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
      if (errors) throw new Error(`${name} returned errors: ${text.slice(0, 500)}`);
      const print = JSON.stringify(data);
      first ||= print;
      if (digest(print) !== digest(first)) {
        const at = [...first].findIndex((letter, index) => letter !== print[index]) - 60;
        throw new Error(
          `${name} returned a different response:\n${print.slice(at, at + 200)}\n${first.slice(at, at + 200)}`,
        );
      }
    }
  }
  return JSON.stringify({ data: JSON.parse(first) });
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
