import type { Checks } from './checks';
import type { DemoUser } from './demo-user';
import * as documents from './operations';
import type { Account, Money, Product } from './types';

/** Context of every story. */
export interface StoryContext {
  checks: Checks;
  /** Returns a user of the demo data. */
  person(email: string): DemoUser;
  /** Catalog as read without a token, with public prices. */
  publicCatalog: Product[];
}

/** A story and its title. */
export interface Story {
  title: string;
  play(stage: StoryContext): Promise<void>;
}

/** The account manager of all customers of the demo. */
export const MANAGER = 'manager@bss.example';

/** Finds an account by its name. */
export async function findAccount(manager: DemoUser, name: string): Promise<Account> {
  const { accounts } = await manager.send(documents.accounts, { filter: { search: name } });
  const account = accounts.nodes.find(candidate => candidate.name === name);
  if (!account) throw new Error(`The gateway has no account ${name}. Load the demo data.`);
  return account;
}

/** Finds a product by its SKU, with the prices of `person`. */
export async function findProduct(person: DemoUser, sku: string): Promise<Product> {
  const { product } = await person.send(documents.product, { sku });
  if (!product) throw new Error(`The gateway does not sell ${sku}. Load the demo data.`);
  return product;
}

/** Price of one unit for a billing cycle, in cents. */
export function price(item: { prices: Product['prices'] } | undefined, billingCycle = 'MONTHLY'): number {
  const listed = item?.prices.find(candidate => candidate.billingCycle === billingCycle);
  return listed ? cents(listed.unitPrice) : Number.NaN;
}

/** Money in cents. */
export const cents = ({ amount }: Money): number => Math.round(Number(amount) * 100);

const TB = 1_000_000_000_000;

/** Terabytes in bytes, as in the API. */
export const terabytes = (count: number): string => String(count * TB);
